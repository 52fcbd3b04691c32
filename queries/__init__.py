"""What people ask: saved SPARQL queries, one question a file."""
