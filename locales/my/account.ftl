account-role-administrator = စီမံခန့်ခွဲသူ
account-role-editor = အယ်ဒီတာ
account-role-auditor = စစ်ဆေးသူ
account-role-broker = နည်းပညာလွှဲပြောင်းရေး ညှိနှိုင်းသူ
account-role-member = အဖွဲ့ဝင်
account-role-visitor = ဧည့်သည်
