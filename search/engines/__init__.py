"""The engines behind the port: ``memory`` says in plain Python what every engine must find, ``whoosh`` carries the index on one
machine, ``opensearch`` on a cluster.
"""
