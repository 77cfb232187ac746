; What the set-up says beside NSIS's own words, in both languages.

!macro SAY NAME ENGLISH CHINESE
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${NAME} ${LANG_SIMPCHINESE} "${CHINESE}"
!macroend
!define Say "!insertmacro SAY"

${Say} AUTOSTART "Start at login" "登录时启动"
${Say} ABOUT_PROGRAM \
  "The tray program and its local proxy for Claude Code." \
  "托盘程序，以及供 Claude Code 使用的本地代理。"
${Say} ABOUT_AUTOSTART \
  "Starts hidden in the tray when you log in. It can be changed in the settings." \
  "登录后在托盘中静默启动。以后可以在设置里更改。"
${Say} STOPPING \
  "Waiting for QCC Desktop to finish its answers…" \
  "正在等待 QCC Desktop 完成当前的回答……"
${Say} IN_USE \
  "QCC Desktop is still in use. Close the Claude Code windows that it opened, then try again. Nothing has been changed yet." \
  "QCC Desktop 仍在使用中。请关闭由它打开的 Claude Code 窗口，然后重试。目前还没有改动任何文件。"
${Say} STILL_RUNS \
  "QCC Desktop still runs, or another program has its files open. End it, then try again. Nothing has been changed yet." \
  "QCC Desktop 仍在运行，或者有其他程序打开了它的文件。请先退出，然后重试。目前还没有改动任何文件。"
${Say} NEWER \
  "QCC Desktop $1.$2.$3 is installed, which is newer than ${VERSION}. The older version may not be able to read the options of the newer one. Install it all the same?" \
  "电脑上已安装 QCC Desktop $1.$2.$3，比 ${VERSION} 新。旧版本可能无法读取新版本保存的选项。仍要安装旧版本吗？"
${Say} NOT_WRITTEN \
  "The files could not be written. Is there room on the disk?" \
  "无法写入文件。磁盘空间是否足够？"
${Say} TOO_OLD \
  "QCC Desktop needs Windows 10 or later, 64-bit." \
  "QCC Desktop 需要 64 位的 Windows 10 或更高版本。"
${Say} GIVING_BACK \
  "Giving Claude Code's settings back…" \
  "正在还原 Claude Code 的设置……"
${Say} NOT_GIVEN_BACK \
  "Claude Code's settings could not be put back. If you go on, Claude Code may keep asking a proxy that is gone." \
  "无法还原 Claude Code 的设置。如果继续，Claude Code 可能会一直请求一个已不存在的代理。"
${Say} DELETE_DATA \
  "Delete your endpoints, keys, options and usage history as well?" \
  "是否同时删除你的端点、密钥、选项和用量历史？"
