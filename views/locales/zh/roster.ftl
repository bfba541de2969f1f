pick-type = 请您输入姓名的一部分，或完整工号。
pick-type-more = 请您点选；不在其中时，输入姓名的一部分。
pick-nobody = 没有找到，请换一个字试试，或输入完整工号。
pick-person = { $name }（{ $unit }）
refusal-file-not-fetched = 文件没有取到，请再发一次。
unit-kind-office = { -office }
unit-kind-organ = { -organ }
unit-kind-department = { -department }
unit-kind-branch = { -branch }
unit-kind-city = { -city }
units-title = { -unit }共{ $count }个，括号里是已加入人数/人数：
units-line = { $indent }{ $name } · { $kind }（{ $joined }/{ $people }）
units-new = { $indent }今年新成立
units-vacant = { $indent }{ -secretary }空缺
units-election-overdue = { $indent }换届已逾期，应在{ $when }前完成
units-election-soon = { $indent }请在{ $when }前换届
units-empty = { -roster }还是空的。请您先导入{ -unit }与人员。
roster-column-unit-code = { -unit }编码
roster-column-unit-name = { -unit }名称
roster-column-unit-kind = { -unit }类型
roster-column-parent-code = 上级编码
roster-column-founded-on = 成立日期
roster-column-term-ends-on = 届满日期
roster-column-person-name = 姓名
roster-column-staff-number = 工号
roster-column-roles = 角色
roster-sheet = { -roster }
roster-sheet-guide = 填写说明
roster-file-name = { -roster }模板
roster-guide-unit-code = 必填，全表唯一，改名后也不变。每一行都写。
roster-guide-unit-name = 每个{ -unit }至少有一行写明；同一{ -unit }的其他行可以留空。
roster-guide-unit-kind = 写了名称就要写类型。
roster-guide-parent-code = 上级{ -unit }的编码；最上级留空。
roster-guide-founded-on = 选填，如 2030-05-20。留空表示不改动。
roster-guide-term-ends-on = 选填，本届任期到哪一天。留空表示不改动。
roster-guide-person-name = 只登记{ -unit }时留空。
roster-guide-staff-number = 必填，全表唯一；以后靠它认人。
roster-guide-roles = 几个角色用逗号隔开；在别的{ -unit }任职写成 角色@编码。留空表示不改动。
roster-guide-kinds = 类型可以写：{ $kinds }
roster-guide-roles-words = 角色可以写：{ $roles }
roster-guide-order = 行的先后不影响结果，上级可以写在下级后面。
roster-guide-missing = 表里没有的人会列出来，不会被删除；逐个点选的才登记为已离开。
roster-ask-file = 请您把填好的{ -roster }发给我（.xlsx 或 .csv）。
    附件是模板，已带上现有的{ -unit }与人员。发来后先给您看变动，您确认后才保存。
roster-preview = 请您核对{ -roster }的变动，确认后才保存：
roster-preview-again = { -roster }刚才有变动，请您再核对一次，确认后才保存：
roster-replaces = 表中最上级的{ -unit }将接替设立时的“{ $unit }”，其中的人员和记录都保留。
roster-preview-keeps =
    { $left ->
        [0] 表里没有的人不会被删除。
       *[other] 其中{ $left }名登记为已离开，其余保持不变。
    }
roster-who-left = 其中谁已离开
roster-who-left-ask = 表里没有{ $count }名，其中{ $left }名已离开。请您只点已离开的人：保存后其登录马上失效；再点一次则保留。
roster-stayer = { $name }（{ $number }）
roster-leaver = ✕ { $name }（{ $number }）
roster-saved-left = 另有{ $count }名登记为已离开，已不能登录。
roster-units-added = 新增{ -unit }{ $count }个：{ $names }{ $more ->
    [yes] 等
   *[no] {""}
}
roster-units-changed = 变更{ -unit }{ $count }个：{ $names }{ $more ->
    [yes] 等
   *[no] {""}
}
roster-people-added = 新增人员{ $count }名：{ $names }{ $more ->
    [yes] 等
   *[no] {""}
}
roster-people-changed = 变更人员{ $count }名：{ $names }{ $more ->
    [yes] 等
   *[no] {""}
}
roster-missing = 表里没有{ $count }名：{ $names }{ $more ->
    [yes] 等
   *[no] {""}
}
roster-save = 确认保存
roster-no-changes = 与现有{ -roster }一致，没有要保存的变动。
roster-saved = 已保存{ -roster }：新增{ -unit }{ $units-added }个、变更{ $units-changed }个；新增人员{ $people-added }名、变更{ $people-changed }名；表里没有的{ $missing }名保持不变。
roster-errors = 请您修改后重新发送，有{ $count }处不能导入，没有保存任何内容：
roster-errors-more = 另有{ $count }处没有列出。
roster-errors-next = 改好后把文件再发一次即可。
roster-error = 第{ $row }行：{ $what }
roster-error-unit-missing = 没有{ -unit }编码
roster-error-unit-name-missing = { -unit }“{ $value }”写了类型或上级，却没有名称
roster-error-kind-unknown = 不认识的{ -unit }类型“{ $value }”
roster-error-unit-differs = { -unit }“{ $value }”与前面的行写得不一样
roster-error-unit-unknown = 没有编码为“{ $value }”的{ -unit }
roster-error-date-unknown = 不认识的日期“{ $value }”，请写成 2030-05-20 这样
roster-error-parent-unknown = 没有编码为“{ $value }”的上级
roster-error-parent-cycle = { -unit }“{ $value }”的上级绕了回来
roster-error-name-missing = 工号“{ $value }”没有姓名
roster-error-staff-number-missing = “{ $value }”没有工号
roster-error-staff-number-twice = 工号“{ $value }”在表里重复
roster-error-role-unknown = 不认识的角色“{ $value }”，可以写：{ $roles }
roster-error-too-long = “{ $value }…”太长
roster-error-last-admin = “{ $value }”是最后一名{ -admin }，不能去掉
refusal-roster-columns = 表格缺少这些列：{ $columns }。请按模板填写，第一行保留列名。
refusal-roster-moved = { -roster }刚才有变动，请再点一次，核对新的变动。
refusal-roster-send-file = 请您发送 .xlsx 或 .csv 文件；不导入了就点“取消”。
refusal-admins-only = 这一项由{ -admin }办理。您能办的事都在 /menu 里。
