"""What the words of generated papers are made of: Dutch stems, prefixes and names, chosen for this purpose."""

from __future__ import annotations

FUNCTION_WORDS = """
de van het een in en is dat op te zijn voor met die niet aan er om worden ook als dan deze dit bij door over naar uit kan zal
wordt heeft hebben was werd nog wel maar of zoals meer geen tot moet kunnen moeten zou zouden mag mogen wil willen tussen onder
tegen binnen zonder na sinds tijdens volgens vanaf omdat doordat waarbij waardoor waarin waarvan hierbij hiervan daarbij daarvan
daarom echter immers evenwel tevens bovendien daarnaast verder vervolgens inmiddels thans reeds al alle elk elke ieder iedere
enkele sommige andere zowel hoe wat welke wie wanneer waar ik wij u ze zij hij hun haar zijn onze uw mijn men zich zelf elkaar
één twee drie vier vijf zes zeven eerste tweede derde laatste vorige volgende dezelfde hetzelfde dergelijke zodat mits indien
tenzij hoewel terwijl opdat zodra totdat want dus toch nu toen later eerder steeds altijd nooit vaak soms ten ter jegens omtrent
inzake betreffende krachtens ingevolge namens alsmede respectievelijk uiterlijk ongeveer circa ruim bijna vrijwel geheel deels
""".split()  # noqa: SIM905 - a page of quotation marks would hide the words
"""The most frequent words, the most frequent first."""

NOUNS = """
kamer minister regering lid wet motie kabinet staatssecretaris beleid vraag antwoord brief jaar gemeente rijk onderzoek rapport
maatregel kosten uitvoering commissie voorstel amendement begroting overleg onderdeel belasting toeslag zorg onderwijs veiligheid
defensie klimaat energie woning huis vervoer landbouw natuur stikstof asiel migratie arbeid pensioen verzekering uitkering jeugd
politie rechter overheid gegeven inspectie toezicht handhaving subsidie regeling besluit bijlage voorzitter fractie partij debat
inbreng nota toelichting verslag advies raad provincie waterschap burger bedrijf ondernemer werkgever werknemer dienst systeem
project programma planning termijn datum budget bedrag tekort schuld rente krediet lening fonds stelsel artikel bepaling grondslag
bevoegdheid verantwoordelijkheid verplichting voorwaarde uitzondering afwijking wijziging vernieuwing vervanging invoering afbouw
overgang vertraging oplossing oorzaak gevolg risico kans doel resultaat evaluatie toets proef methode model techniek netwerk
bestand register archief dossier stuk tabel lijst bericht melding aanvraag beschikking bezwaar beroep uitspraak vonnis zitting
advocaat notaris griffie school leraar leerling student universiteit college opleiding examen diploma cursus ziekenhuis patiënt
arts verpleging medicijn vaccin behandeling huur huurder verhuurder corporatie grond bouw straat weg spoor trein bus vliegtuig
luchthaven haven schip brug sluis dijk rivier water bodem lucht geluid afval bos dier plant boer akker stal melk vlees vis kust
zee eiland grens douane invoer uitvoer handel markt prijs tarief loon inkomen vermogen winst omzet boete straf gevangenis
slachtoffer dader misdrijf fraude controle accountant bank aandeel munt koers crisis herstel steun noodfonds vereniging stichting
vakbond sector keten leverancier aanbesteding contract opdracht overeenkomst verdrag richtlijn verordening lidstaat unie ambassade
missie militair wapen marine leger vloot oefening grondwet kiezer verkiezing stem zetel coalitie akkoord formatie senaat wethouder
burgemeester ambtenaar departement directie afdeling medewerker deskundige adviseur vrijwilliger gezin kind ouder oudere jongere
vrouw man bewoner vluchteling arbeider zelfstandige kunst cultuur museum theater bibliotheek omroep krant journalist sport club
stad dorp wijk buurt plein park gebouw kantoor loket formulier website telefoon computer programmatuur server koppeling sleutel
wachtwoord privacy algoritme beeld geluidsband kaart meting norm grenswaarde stof gas olie kolen wind zon warmte isolatie net
stroom batterij voertuig brandstof rijbewijs verkeer ongeval file fiets voetganger visie agenda aanpak inzet taak rol functie
""".split()  # noqa: SIM905
"""Nouns in the singular; those that are no word of everyday are rarer."""

VERBS = """
werk reken bouw meld vraag stel zeg schrijf lees geef neem breng houd vind zoek toon meet weeg tel deel voeg stuur zend keur kies
leg zet trek duw draai schuif hef haal pas richt voer volg leid regel maak doe breek sluit open start stop groei daal stijg
wijs noem merk denk weet leer hoor zie spreek praat teken boek betaal koop leen huur verdien spaar beleg erf schat bepaal
behandel besluit beslis overleg onderzoek controleer evalueer publiceer registreer informeer organiseer financier coördineer
moderniseer digitaliseer automatiseer vereenvoudig verminder verhoog verlaag verbeter vervang verleng beperk bescherm bewaak
dek schrap herzie ontwikkel onderhoud ontvang ontsla ontruim
""".split()  # noqa: SIM905
"""Stems of verbs."""

PREFIXES = ("aan", "af", "be", "door", "her", "in", "mee", "na", "om", "onder", "ont", "op", "over", "toe", "uit", "ver", "voor")

ADJECTIVES = """
financieel sociaal economisch juridisch technisch digitaal openbaar nationaal internationaal europees gemeentelijk provinciaal
landelijk regionaal lokaal structureel incidenteel tijdelijk definitief voorlopig volledig gedeeltelijk noodzakelijk wenselijk
mogelijk onmogelijk haalbaar betaalbaar duurzaam veilig gezond nieuw oud verouderd groot klein hoog laag lang kort snel langzaam
streng ruim krap sterk zwak open gesloten vrij verplicht vrijwillig wettelijk feitelijk formeel materieel redelijk onredelijk
zorgvuldig effectief doelmatig doeltreffend rechtmatig uitvoerbaar handhaafbaar begrijpelijk helder duidelijk ernstig zwaar licht
jaarlijks maandelijks wekelijks bijzonder algemeen gewoon speciaal afzonderlijk gezamenlijk onderling zelfstandig afhankelijk
onafhankelijk kwetsbaar reëel privé medisch militair agrarisch fiscaal budgettair ambtelijk politiek parlementair bestuurlijk
""".split()  # noqa: SIM905

ABBREVIATIONS = "btw EU ICT CO2 R&D AOW WW VN MKB OV GGD UWV DNA LED zzp hbo mbo F-16".split()  # noqa: SIM905

PRODUCT_STARTS = """
Alfa Beta Cool Data Delta Flex Info Inter Kern Link Meta Multi Nova Omni Poly Prima Pro Quadro Reken Rijks Sigma Terra Trans Uni
Vita Zorg
""".split()  # noqa: SIM905
PRODUCT_ENDS = "Base Desk Form Gen Grid Hub Key Lab Net Port Scan Set Tax View Ware".split()  # noqa: SIM905
PRODUCT_SIGNS = (":", "-", "", "/")

NAME_STARTS = """
Aken Berk Boer Brand Dal Deur Eek Els Groen Haan Hage Hoog Kamp Klaver Kool Lange Linde Maas Meer Nieuw Noord Oost Pauw Riet Roos
Schoon Steen Veld Water Zand
""".split()  # noqa: SIM905
NAME_ENDS = "berg broek burg daal donk dijk haar hout huis kamp man meijer stra veen zicht".split()  # noqa: SIM905
NAME_PARTICLES = ("", "", "", "", "van ", "van der ", "de ", "ter ")

OFFICES = (
    "Minister van Financiën",
    "Staatssecretaris van Financiën",
    "Minister van Volksgezondheid, Welzijn en Sport",
    "Staatssecretaris van Volksgezondheid, Welzijn en Sport",
    "Minister van Sociale Zaken en Werkgelegenheid",
    "Minister van Binnenlandse Zaken en Koninkrijksrelaties",
    "Minister van Justitie en Veiligheid",
    "Staatssecretaris van Justitie en Veiligheid",
    "Minister van Onderwijs, Cultuur en Wetenschap",
    "Minister van Buitenlandse Zaken",
    "Minister van Infrastructuur en Waterstaat",
    "Staatssecretaris van Infrastructuur en Waterstaat",
    "Minister van Economische Zaken",
    "Minister van Landbouw, Natuur en Voedselkwaliteit",
    "Minister van Defensie",
    "Staatssecretaris van Defensie",
    "Minister van Algemene Zaken",
    "Minister voor Rechtsbescherming",
)

CATEGORIES = (
    "Financiën | Belasting",
    "Zorg en gezondheid | Verzekeringen",
    "Sociale zekerheid | Gezin en kinderen",
    "Natuur en milieu | Stoffen",
    "Onderwijs en wetenschap | Basisonderwijs",
    "Recht | Bestuursrecht",
    "Verkeer | Spoor",
    "Internationaal | Europese zaken",
    "Landbouw | Dieren",
    "Bestuur | Gemeenten",
    "Openbare orde en veiligheid | Politie",
    "Economie | ICT",
)

ROMANS = "III IV V VI VII VIII IX X XII XIII XIV XV XVI XVII".split()  # noqa: SIM905
