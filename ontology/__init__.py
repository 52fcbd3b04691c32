"""What a plan is: the ontology, its schemes and its shapes, in Turtle."""
