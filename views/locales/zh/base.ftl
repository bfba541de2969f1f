# Dates
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
weekday-0 = 周一
weekday-1 = 周二
weekday-2 = 周三
weekday-3 = 周四
weekday-4 = 周五
weekday-5 = 周六
weekday-6 = 周日
when-moment = { $month }{ $day }日（{ $weekday }）{ $time }
when-day = { $year }年{ $month }{ $day }日
when-moment-year = { $year }年{ $month }{ $day }日（{ $weekday }）{ $time }
when-left = { $when }前，还剩{ $days }个工作日
when-today = 今天截止：{ $when }
when-overdue = 原定{ $when }，已过{ $days }个工作日
list-separator = 、
# Buttons met everywhere
back = ‹ 返回
back-to-list = ‹ 返回列表
cancel = 取消
cancelled = 已取消，没有保存任何内容。发送 /menu 看看还能做什么。
nothing-to-cancel = 当前没有进行中的操作。发送 /menu 看看还能做什么。
already-saved = 已经保存过了，不用再发一次。
failed = 抱歉，没有保存成功，请稍后再试。如果反复出现，请把编号 { $reference } 告诉{ -admin }。
not-saved-yet = 现在无法保存，这一步还没有保存。我会继续尝试，保存后会告诉您；也可以过几分钟再试一次。
stale = 这个按钮已经过期了。发送 /menu 打开最新内容。
unknown = 没有看懂这条消息。发送 /menu 看看能做什么，发送 /help 查看说明。
unknown-command = 没有这个命令。发送 /help 查看能用的命令。
write-in-private = 请您单独给我发消息，群里不处理个人事项。
# Refusals
refusal-not-found = 没有找到，可能编号有误，或者您无权查看。
refusal-outdated =
    { $by ->
        [reporter] 反映人
       *[other] { $by }
    }已在{ $at }处理过这一条，请重新打开最新卡片。
refusal-not-now = 当前状态下不能这样操作，请重新打开最新卡片。
refusal-not-yours = 这一步不由您办理。
refusal-members-only = 请先加入{ -organisation }：请联系您的{ -secretary }要一个邀请链接。
refusal-text-empty = 请写一句话说明情况，或附一张照片。
refusal-text-too-long = 文字太长：最多{ $limit }字，您写了{ $length }字。请分几条说明。
refusal-file-too-large = 文件太大，最大{ $megabytes }MB。
refusal-file-empty = 这个文件是空的，请换一个。
refusal-not-a-photo = 这张照片打不开，请换成 JPG 或 PNG 照片。
refusal-not-a-voice = 这段语音无法识别，请重新录制。
refusal-sheet-too-large = 表格文件太大：最大{ $megabytes }MB，请删去多余的工作表或图片。
refusal-sheet-too-long = 表格行数太多：最多{ $limit }行，请分成几个文件。
refusal-sheet-too-wide = 表格列数太多：最多{ $limit }列，请按模板整理。
refusal-sheet-empty = 表格里没有内容，请填好后再发。
refusal-sheet-kind = 只能读取 .xlsx 或 .csv 表格，请另存后再发。
refusal-sheet-broken = 这个表格打不开，请重新另存为 .xlsx 后再发。
page-before = ‹ 上一页
page-after = 下一页 ›
refusal-date-not-understood = 没有看懂这个日期。请写成 5月20日15:00 或 2030-05-20 15:00 这样的形式。
refusal-date-does-not-exist = 没有这个日期或时间，请检查后再写一次。
refusal-date-too-far = 这个日期距今超过{ $years }年，请检查年份后再写一次。
