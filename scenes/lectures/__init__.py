"""The shipped lectures and their data.

houses.csv is complete as its tutorial publishes it. park.csv is a reconstruction: the tutorial prints one row,
(30, 620), and three results; the other 13 rows were chosen so that they reproduce those results.
"""
