letter-not-waiting = 此邮件已经发出，或其内容已被清除，无法再次发送。
