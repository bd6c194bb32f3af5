global using Dense = BackpropGen.AffineAttribute;
