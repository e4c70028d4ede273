#!/usr/bin/env bash
# Makes an authority of your own and, signed by it, a certificate for each node and for the administrator, in ./certificates.
# They hold for two years; an authority that is there is used again, certificates that are there are left alone.
# Further names or addresses by which the nodes are reached: certificates.sh DNS:search.example.nl IP:192.0.2.7
set -euo pipefail
umask 077
mkdir -p certificates
cd certificates

further=""
for name in "$@"; do
    further+=",$name"
done

if [ ! -e ca.key ]; then
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key 2>/dev/null
    openssl req -x509 -new -key ca.key -subj "/CN=kamerstukken authority" -days 3650 -out ca.pem \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign"
fi

for name in node-1 node-2 node-3 admin; do
    [ ! -e "$name.pem" ] || continue
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key" 2>/dev/null
    openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
    openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 730 -out "$name.pem" -extfile - 2>/dev/null <<EXTENSIONS
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:$name,DNS:localhost,IP:127.0.0.1$further
EXTENSIONS
    rm "$name.csr"
done
chmod 644 ./*.pem
