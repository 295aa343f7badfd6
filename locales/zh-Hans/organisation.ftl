organisation-staff-only = 只有该国中心的工作人员可以执行此操作。
organisation-own-only = 只有该机构的管理员和所在国中心的工作人员可以执行此操作。
organisation-centre-only = 只有该国中心的管理员可以执行此操作。
organisation-not-active = 该机构已关闭或已与其他机构合并，不能再修改。
organisation-number-taken = 另一个已登记的机构使用了其中一个登记号。请核对号码，或将两者报告为重复记录。
