"""zhitu (知图): Chinese reports of public bodies in, an RDF knowledge graph out."""

__version__ = "0.1.0"
