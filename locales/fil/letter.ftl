letter-not-waiting = Naipadala na ang email na ito o nabura na ang nilalaman nito. Hindi na ito maipapadala ulit.
