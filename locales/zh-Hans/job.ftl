job-administrator-only = 只有管理员可以更改后台任务。
job-not-ended = 只有失败或已停止的后台任务才能重新运行。
job-ended = 此后台任务已经结束，无法停止。
