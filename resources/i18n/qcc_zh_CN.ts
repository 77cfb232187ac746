<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutCard</name>
    <message>
        <source>Check for updates</source>
        <translation>检查更新</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Looking for updates…</source>
        <translation>正在检查更新…</translation>
    </message>
    <message>
        <source>Python {python} · Qt {qt} · {system} · MIT licence</source>
        <translation>Python {python} · Qt {qt} · {system} · MIT 许可证</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>The environment is in the clipboard.</source>
        <translation>环境变量已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Paste it into a terminal, then start Claude Code there.</source>
        <translation>粘贴到终端里，然后在那里启动 Claude Code。</translation>
    </message>
    <message>
        <source>Left out of its environment: {names}.</source>
        <translation>已从它的环境中去掉：{names}。</translation>
    </message>
    <message>
        <source>Overridden in its settings for this time: {names}.</source>
        <translation>本次启动覆盖了它设置里的：{names}。</translation>
    </message>
    <message>
        <source>If {program} ran already, quit it first: it keeps its environment.</source>
        <translation>如果 {program} 已在运行，请先退出：它会沿用原来的环境。</translation>
    </message>
    <message>
        <source>{program} opens.</source>
        <translation>正在打开 {program}。</translation>
    </message>
    <message>
        <source>{count} endpoints were switched on.</source>
        <translation>{count} 个端点已启用。</translation>
    </message>
    <message>
        <source>{count} endpoints were switched off.</source>
        <translation>{count} 个端点已停用。</translation>
    </message>
    <message>
        <source>{count} endpoints were removed.</source>
        <translation>已移除 {count} 个端点。</translation>
    </message>
    <message>
        <source>Undo brings back {count} endpoints, the last one first.</source>
        <translation>可依次恢复 {count} 个端点，从最近移除的开始。</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>已移除 {name}。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>That did not work because of a fault of this program.</source>
        <translation>操作没有完成：程序自身出了错。</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>详情见日志。</translation>
    </message>
</context>
<context>
    <name>AddCard</name>
    <message>
        <source>Add your first endpoint</source>
        <translation>添加第一个端点</translation>
    </message>
    <message>
        <source>Paste a key, a URL or a settings block here</source>
        <translation>在此粘贴密钥、网址或一段配置</translation>
    </message>
    <message>
        <source>Key, URL or settings block</source>
        <translation>密钥、网址或一段配置</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Take what is in the clipboard</source>
        <translation>使用剪贴板里的内容</translation>
    </message>
    <message>
        <source>There is no endpoint in this text. Copy an address with its key: export lines, a settings file, JSON or a curl command.</source>
        <translation>这段文本里没有端点。请复制地址和密钥：export 语句、设置文件、JSON 或 curl 命令均可。</translation>
    </message>
    <message>
        <source>Or choose a vendor; then only the key is missing:</source>
        <translation>或者选择厂商，之后只需填写密钥：</translation>
    </message>
    <message>
        <source>All vendors…</source>
        <translation>全部厂商…</translation>
    </message>
    <message>
        <source>Add an endpoint of {vendor}</source>
        <translation>添加 {vendor} 的端点</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>Add endpoint</source>
        <translation>添加端点</translation>
    </message>
    <message>
        <source>Show endpoints</source>
        <translation>查看端点</translation>
    </message>
    <message>
        <source>Change the port</source>
        <translation>更换端口</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>编辑 {name}</translation>
    </message>
    <message>
        <source>Try {name} now</source>
        <translation>立即重试 {name}</translation>
    </message>
</context>
<context>
    <name>Alert</name>
    <message>
        <source>No endpoint can answer</source>
        <translation>没有端点能应答</translation>
    </message>
    <message>
        <source>{endpoint} refused the key</source>
        <translation>{endpoint} 不接受密钥</translation>
    </message>
    <message>
        <source>The quota of {endpoint} is used up</source>
        <translation>{endpoint} 的额度已用完</translation>
    </message>
    <message>
        <source>{other} answers instead of {endpoint}</source>
        <translation>{other} 正代替 {endpoint} 应答</translation>
    </message>
    <message>
        <source>{endpoint} answers again</source>
        <translation>{endpoint} 已恢复应答</translation>
    </message>
    <message>
        <source>{endpoint}: {reason}</source>
        <translation>{endpoint}：{reason}</translation>
    </message>
    <message>
        <source>{other} answers instead.</source>
        <translation>现由 {other} 应答。</translation>
    </message>
    <message>
        <source>Enter a new key to use it again.</source>
        <translation>填入新密钥后即可继续使用。</translation>
    </message>
    <message>
        <source>It is asked again at {time}.</source>
        <translation>{time} 再次尝试。</translation>
    </message>
    <message>
        <source>Also out: {names}.</source>
        <translation>同时不可用：{names}。</translation>
    </message>
    <message>
        <source>Also back: {names}.</source>
        <translation>同时恢复：{names}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 及另外 {count} 个</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Demo with simulated endpoints</source>
        <translation>使用模拟端点的演示</translation>
    </message>
    <message>
        <source>nothing here is kept</source>
        <translation>这里的内容不会保留</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>{name} is overloaded</source>
        <translation>{name} 过载</translation>
    </message>
    <message>
        <source>{name} limits the rate</source>
        <translation>{name} 限制请求频率</translation>
    </message>
    <message>
        <source>{name} is unreachable</source>
        <translation>{name} 无法连接</translation>
    </message>
    <message>
        <source>{name} hangs as well</source>
        <translation>{name} 也没有响应</translation>
    </message>
    <message>
        <source>{name} cuts answers</source>
        <translation>{name} 中断应答</translation>
    </message>
    <message>
        <source>All is well again</source>
        <translation>一切恢复正常</translation>
    </message>
    <message>
        <source>{fault}: over, a check finds that out</source>
        <translation>{fault}：已恢复，等待检查确认</translation>
    </message>
    <message>
        <source>Simulated; gone when the demo ends.</source>
        <translation>模拟端点，演示结束后消失。</translation>
    </message>
    <message>
        <source>The demo could not be opened.</source>
        <translation>无法打开演示。</translation>
    </message>
    <message>
        <source>Start it in a terminal: {command}.</source>
        <translation>请在终端中启动：{command}。</translation>
    </message>
    <message>
        <source>Keys are kept in {place}.</source>
        <translation>密钥保存在 {place}。</translation>
    </message>
    <message>
        <source>Keys are kept in a file that only you can read ({file}), because no keychain is usable.</source>
        <translation>没有可用的钥匙串，密钥保存在只有你能读取的文件中（{file}）。</translation>
    </message>
    <message>
        <source>There is no screen to show the tray icon on.</source>
        <translation>这里没有屏幕，无法显示托盘图标。</translation>
    </message>
    <message>
        <source>Start 'qcc-desktop serve', the proxy without a window.</source>
        <translation>请启动 qcc-desktop serve，即不带窗口的代理。</translation>
    </message>
    <message>
        <source>QCC Desktop is running already (process {pid}, its proxy is off).</source>
        <translation>QCC Desktop 已在运行（进程 {pid}，代理已关闭）。</translation>
    </message>
    <message>
        <source>QCC Desktop is running already (process {pid}, port {port}).</source>
        <translation>QCC Desktop 已在运行（进程 {pid}，端口 {port}）。</translation>
    </message>
    <message>
        <source>Use it ('qcc-desktop status'), or end it before you start another one.</source>
        <translation>请直接使用它（qcc-desktop status），或先退出它再启动。</translation>
    </message>
    <message>
        <source>QCC Desktop runs and looks after the takeover itself.</source>
        <translation>QCC Desktop 正在运行，会自行处理接管。</translation>
    </message>
    <message>
        <source>Switch it off with: qcc-desktop takeover off</source>
        <translation>关闭接管：qcc-desktop takeover off</translation>
    </message>
    <message>
        <source>Claude Code's settings are as they were before the takeover.</source>
        <translation>Claude Code 的设置已恢复到接管之前。</translation>
    </message>
    <message>
        <source>To lead them to the proxy again: qcc-desktop takeover on</source>
        <translation>要再次指向代理：qcc-desktop takeover on</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>amber</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰</translation>
    </message>
</context>
<context>
    <name>Cause</name>
    <message>
        <source>This computer is offline. No endpoint is blamed for it.</source>
        <translation>本机没有联网，这不算任何端点的错。</translation>
    </message>
    <message>
        <source>The proxy is off.</source>
        <translation>代理已关闭。</translation>
    </message>
    <message>
        <source>Add an endpoint to begin.</source>
        <translation>添加一个端点即可开始。</translation>
    </message>
    <message>
        <source>Every endpoint is switched off. Tick one in the menu.</source>
        <translation>所有端点都已停用，请在菜单中勾选一个。</translation>
    </message>
    <message>
        <source>The proxy cannot start. {detail}</source>
        <translation>代理无法启动。{detail}</translation>
    </message>
    <message>
        <source>No endpoint can answer. {other}: {detail}</source>
        <translation>没有端点能应答。{other}：{detail}</translation>
    </message>
    <message>
        <source>{endpoint} answers because {other} is out: {detail}</source>
        <translation>{other} 不可用，由 {endpoint} 应答：{detail}</translation>
    </message>
    <message>
        <source>{endpoint} answers. {other} failed and has not answered again yet: {detail}</source>
        <translation>{endpoint} 正常应答；{other} 出过错，尚未恢复应答：{detail}</translation>
    </message>
    <message>
        <source>{endpoint} answers, but failed a moment ago: {detail}</source>
        <translation>{endpoint} 能应答，但刚刚出过错：{detail}</translation>
    </message>
    <message>
        <source>{endpoint} answers. {other} is out: {detail}</source>
        <translation>{endpoint} 正常应答，{other} 不可用：{detail}</translation>
    </message>
    <message>
        <source>{endpoint} answers.</source>
        <translation>{endpoint} 正常应答。</translation>
    </message>
    <message>
        <source>Ready. {endpoint} is asked first.</source>
        <translation>已就绪，首选 {endpoint}。</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>The chart cannot be shown here. The table has the same figures.</source>
        <translation>这里无法显示图表。下方表格有同样的数据。</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The chart is loading.</source>
        <translation>图表加载中。</translation>
    </message>
</context>
<context>
    <name>ClaudeCodePage</name>
    <message>
        <source>Launch Claude Code in this folder</source>
        <translation>在此文件夹启动 Claude Code</translation>
    </message>
    <message>
        <source>Claude Code</source>
        <translation>Claude Code</translation>
    </message>
    <message>
        <source>Launch Claude Code…</source>
        <translation>启动 Claude Code…</translation>
    </message>
    <message>
        <source>Choose a folder; a terminal opens in it</source>
        <translation>选择文件夹，将在其中打开终端</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>最近的文件夹</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Everywhere on this computer</source>
        <translation>本机所有 Claude Code</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>体检</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>Only launch takes arguments after --.</source>
        <translation>只有 launch 接受 -- 之后的参数。</translation>
    </message>
    <message>
        <source>See '{command} --help'.</source>
        <translation>用法见：{command} --help。</translation>
    </message>
    <message>
        <source>Write a blank instead of =, as in '{example}'.</source>
        <translation>请用空格代替 =，例如：{example}。</translation>
    </message>
    <message>
        <source>What Claude Code should get follows --, as in '{example}'.</source>
        <translation>给 Claude Code 的参数写在 -- 之后，例如：{example}。</translation>
    </message>
    <message>
        <source>'{command}' knows no {name} {value}, only {choices}.</source>
        <translation>{command} 没有 {name} {value}，只有 {choices}。</translation>
    </message>
    <message>
        <source>{name} needs a value.</source>
        <translation>{name} 需要一个值。</translation>
    </message>
    <message>
        <source>{name} and {other} exclude each other.</source>
        <translation>{name} 和 {other} 不能同时使用。</translation>
    </message>
    <message>
        <source>{name} takes no value.</source>
        <translation>{name} 不带值。</translation>
    </message>
    <message>
        <source>{first} or {other} is needed.</source>
        <translation>需要 {first} 或 {other}。</translation>
    </message>
    <message>
        <source>'{command}' needs {value}.</source>
        <translation>{command} 缺少 {value}。</translation>
    </message>
    <message>
        <source>'{command}' does not know {value}.</source>
        <translation>{command} 不认识 {value}。</translation>
    </message>
    <message>
        <source>--json goes with --list only.</source>
        <translation>--json 只能与 --list 一起使用。</translation>
    </message>
    <message>
        <source>--lines must not be negative.</source>
        <translation>--lines 不能是负数。</translation>
    </message>
    <message>
        <source>{file} cannot be used for logs: {error}.</source>
        <translation>{file} 无法用于日志：{error}。</translation>
    </message>
    <message>
        <source>{name} is no loopback address.</source>
        <translation>{name} 不是回环地址。</translation>
    </message>
    <message>
        <source>The proxy serves this computer only; take 127.0.0.1 or ::1.</source>
        <translation>代理只为本机服务；请用 127.0.0.1 或 ::1。</translation>
    </message>
    <message>
        <source>The port must lie between 0 and 65535; 0 takes a free one.</source>
        <translation>端口须在 0 到 65535 之间；0 表示任取空闲端口。</translation>
    </message>
    <message>
        <source>QCC Desktop is running already.</source>
        <translation>QCC Desktop 已在运行。</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>a value of another kind</source>
        <translation>另一种值</translation>
    </message>
    <message>
        <source>--json goes without a file only.</source>
        <translation>--json 不能与文件同时使用。</translation>
    </message>
    <message>
        <source>Add --yes to agree to the change above.</source>
        <translation>同意以上改动请加 --yes。</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>没有删除任何内容。</translation>
    </message>
    <message>
        <source>Add --yes to delete {folder} and all keys.</source>
        <translation>要删除 {folder} 和全部密钥，请加 --yes。</translation>
    </message>
    <message>
        <source>{name} must look like {form}.</source>
        <translation>{name} 应写成 {form}。</translation>
    </message>
    <message>
        <source>Give it with --api-key-stdin.</source>
        <translation>请用 --api-key-stdin 提供。</translation>
    </message>
    <message>
        <source>Give its key with --api-key-stdin or --api-key.</source>
        <translation>请用 --api-key-stdin 或 --api-key 提供密钥。</translation>
    </message>
    <message>
        <source>Give the endpoint a name with --name, or take a vendor with --preset.</source>
        <translation>请用 --name 给端点命名，或用 --preset 选择厂商。</translation>
    </message>
    <message>
        <source>Give its address with --base-url, or take a vendor with --preset.</source>
        <translation>请用 --base-url 提供地址，或用 --preset 选择厂商。</translation>
    </message>
    <message>
        <source>QCC Desktop is not running.</source>
        <translation>QCC Desktop 没有运行。</translation>
    </message>
    <message>
        <source>QCC Desktop runs, but its proxy is off.</source>
        <translation>QCC Desktop 在运行，但代理已关闭。</translation>
    </message>
    <message>
        <source>Switch it on in the tray's menu.</source>
        <translation>请在托盘菜单中打开代理。</translation>
    </message>
    <message>
        <source>QCC Desktop was not running and could not be started.</source>
        <translation>QCC Desktop 没有运行，也无法启动。</translation>
    </message>
    <message>
        <source>QCC Desktop was started in the background; {how} ends it.</source>
        <translation>QCC Desktop 已在后台启动；用{how}结束它。</translation>
    </message>
    <message>
        <source>its tray icon</source>
        <translation>托盘图标</translation>
    </message>
    <message>
        <source>'kill {pid}'</source>
        <translation> kill {pid} </translation>
    </message>
    <message>
        <source>QCC Desktop is running already; its window is shown.</source>
        <translation>QCC Desktop 已在运行，窗口已显示。</translation>
    </message>
    <message>
        <source>QCC Desktop serves at {url} (process {pid}).</source>
        <translation>QCC Desktop 正在 {url} 提供服务（进程 {pid}）。</translation>
    </message>
    <message>
        <source>Ctrl-C ends it.</source>
        <translation>按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>QCC Desktop has ended (process {pid}).</source>
        <translation>QCC Desktop 已结束（进程 {pid}）。</translation>
    </message>
    <message>
        <source>QCC Desktop (process {pid}) has not ended within {seconds} s.</source>
        <translation>QCC Desktop（进程 {pid}）在 {seconds} 秒内没有结束。</translation>
    </message>
    <message>
        <source>Its log says what it waits for; end the process if it hangs.</source>
        <translation>日志里写着它在等什么；如果卡住，请结束该进程。</translation>
    </message>
    <message>
        <source>The running program does not answer.</source>
        <translation>正在运行的程序没有应答。</translation>
    </message>
    <message>
        <source>End it and start it again.</source>
        <translation>请结束它再重新启动。</translation>
    </message>
    <message>
        <source>The running program refused.</source>
        <translation>正在运行的程序拒绝了请求。</translation>
    </message>
    <message>
        <source>The running program has no window, for it was started with 'serve'.</source>
        <translation>正在运行的程序是用 serve 启动的，没有窗口。</translation>
    </message>
    <message>
        <source>End it and start 'qcc-desktop'.</source>
        <translation>请结束它，再启动 qcc-desktop。</translation>
    </message>
    <message>
        <source>This is no request of QCC Desktop.</source>
        <translation>这不是 QCC Desktop 的请求。</translation>
    </message>
    <message>
        <source>The control token is wrong.</source>
        <translation>控制令牌不对。</translation>
    </message>
    <message>
        <source>The running program does not know {verb}, only {known}.</source>
        <translation>正在运行的程序不认识 {verb}，只有 {known}。</translation>
    </message>
    <message>
        <source>{verb} failed. The log says why.</source>
        <translation>{verb} 失败，原因见日志。</translation>
    </message>
    <message>
        <source>An unexpected error, {name}. Please report it with the log: {file}.</source>
        <translation>意外错误 {name}。请附上日志反馈：{file}。</translation>
    </message>
    <message>
        <source>The output cannot be written: {error}.</source>
        <translation>无法写出输出：{error}。</translation>
    </message>
    <message>
        <source>Free some space, or write it somewhere else.</source>
        <translation>请腾出一些空间，或写到别处。</translation>
    </message>
    <message>
        <source>There is no log yet; it will be {file}.</source>
        <translation>还没有日志，之后会写入 {file}。</translation>
    </message>
    <message>
        <source>No screen here, so the demo runs in this terminal.</source>
        <translation>这里没有屏幕，演示在此终端中进行。</translation>
    </message>
    <message>
        <source>The demo plays: look at the tray icon and the window. Quit there, or Ctrl-C, ends it.</source>
        <translation>演示进行中：请看托盘图标和窗口。在那里退出或按 Ctrl-C 即可结束。</translation>
    </message>
    <message>
        <source>No endpoint can answer.</source>
        <translation>没有端点能应答。</translation>
    </message>
    <message>
        <source>The proxy cannot start.</source>
        <translation>代理无法启动。</translation>
    </message>
    <message>
        <source>No endpoint is blamed for it.</source>
        <translation>这不算任何端点的错。</translation>
    </message>
    <message>
        <source>QCC Desktop {version}, process {pid}, port {port}</source>
        <translation>QCC Desktop {version}，进程 {pid}，端口 {port}</translation>
    </message>
    <message>
        <source>QCC Desktop {version}, process {pid}, off</source>
        <translation>QCC Desktop {version}，进程 {pid}，已关闭</translation>
    </message>
    <message>
        <source>{requests} requests, {others} answered by another endpoint, {failures} failed.</source>
        <translation>共 {requests} 个请求，{others} 个由其他端点应答，{failures} 个失败。</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>欠佳</translation>
    </message>
    <message>
        <source>cooling down</source>
        <translation>冷却中</translation>
    </message>
    <message>
        <source>circuit open</source>
        <translation>已熔断</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>闭合</translation>
    </message>
    <message>
        <source>open</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>half_open</source>
        <translation>试探中</translation>
    </message>
    <message>
        <source>{failures} failed in a row</source>
        <translation>连续失败 {failures} 次</translation>
    </message>
    <message>
        <source>checked again {when}</source>
        <translation>{when}检查</translation>
    </message>
    <message>
        <source>tried again {when}</source>
        <translation>{when}重试</translation>
    </message>
    <message>
        <source>now</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>in {number} s</source>
        <translation>{number} 秒后</translation>
    </message>
    <message>
        <source>in {number} min</source>
        <translation>{number} 分钟后</translation>
    </message>
    <message>
        <source>in {number} h</source>
        <translation>{number} 小时后</translation>
    </message>
    <message>
        <source>{number} s ago</source>
        <translation>{number} 秒前</translation>
    </message>
    <message>
        <source>{number} min ago</source>
        <translation>{number} 分钟前</translation>
    </message>
    <message>
        <source>{number} h ago</source>
        <translation>{number} 小时前</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近活动</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>{count} problem</source>
        <translation>{count} 个问题</translation>
    </message>
    <message>
        <source>{count} problems</source>
        <translation>{count} 个问题</translation>
    </message>
    <message>
        <source>{count} note</source>
        <translation>{count} 条提示</translation>
    </message>
    <message>
        <source>{count} notes</source>
        <translation>{count} 条提示</translation>
    </message>
    <message>
        <source>Some of it can be mended for you: qcc-desktop doctor --fix</source>
        <translation>其中一些可以自动修复：qcc-desktop doctor --fix</translation>
    </message>
    <message>
        <source>This changes Claude Code's own settings:</source>
        <translation>以下改动涉及 Claude Code 自己的设置：</translation>
    </message>
    <message>
        <source>Change it? [y/N] </source>
        <translation>确定改动吗？[y/N] </translation>
    </message>
    <message>
        <source>Settings of your organisation set {names}; they win, and are left alone.</source>
        <translation>组织的设置指定了 {names}，它们优先生效，不作改动。</translation>
    </message>
    <message>
        <source>Wanted, but the program is not running: Claude Code goes its own way until it starts.</source>
        <translation>已要求接管，但程序没有运行：启动之前 Claude Code 不经过代理。</translation>
    </message>
    <message>
        <source>The takeover is on.</source>
        <translation>接管已开启。</translation>
    </message>
    <message>
        <source>The takeover is off.</source>
        <translation>接管已关闭。</translation>
    </message>
    <message>
        <source>{name} names several endpoints.</source>
        <translation>{name} 对应多个端点。</translation>
    </message>
    <message>
        <source>There are: {names}.</source>
        <translation>现有：{names}。</translation>
    </message>
    <message>
        <source>There are: none yet.</source>
        <translation>目前还没有端点。</translation>
    </message>
    <message>
        <source>Claude Code opens in {terminal}, in {folder}.</source>
        <translation>正在 {terminal} 中打开 Claude Code，文件夹为 {folder}。</translation>
    </message>
    <message>
        <source>If {program} was open already, it goes past the proxy: quit it and launch again.</source>
        <translation>如果 {program} 之前已打开，它会绕过代理：请退出后重新启动。</translation>
    </message>
    <message>
        <source>Claude Code ended at once with code {code}; its own words are above.</source>
        <translation>Claude Code 立即以代码 {code} 结束，它的输出见上。</translation>
    </message>
    <message>
        <source>Left out for this launch, so that the proxy is used: {names}.</source>
        <translation>为使用代理，本次启动去掉了：{names}。</translation>
    </message>
    <message>
        <source>Claude Code's own settings are overridden for this launch: {names}.</source>
        <translation>本次启动覆盖了 Claude Code 自己的设置：{names}。</translation>
    </message>
    <message>
        <source>Press Enter to close this window.</source>
        <translation>按回车键关闭此窗口。</translation>
    </message>
    <message>
        <source>No endpoint yet. Add one: qcc-desktop endpoint add --preset ID --api-key-stdin</source>
        <translation>还没有端点。添加一个：qcc-desktop endpoint add --preset ID --api-key-stdin</translation>
    </message>
    <message>
        <source>Which IDs there are: qcc-desktop endpoint add --help</source>
        <translation>有哪些 ID：qcc-desktop endpoint add --help</translation>
    </message>
    <message>
        <source>Added {name} ({url}).</source>
        <translation>已添加 {name}（{url}）。</translation>
    </message>
    <message>
        <source>Changed {name} ({url}).</source>
        <translation>已修改 {name}（{url}）。</translation>
    </message>
    <message>
        <source>Removed {name} ({url}).</source>
        <translation>已移除 {name}（{url}）。</translation>
    </message>
    <message>
        <source>Switched on {name} ({url}).</source>
        <translation>已启用 {name}（{url}）。</translation>
    </message>
    <message>
        <source>Switched off {name} ({url}).</source>
        <translation>已停用 {name}（{url}）。</translation>
    </message>
    <message>
        <source>The key will travel unencrypted; use https:// if the endpoint offers it.</source>
        <translation>密钥会以明文传输；如果端点支持，请改用 https://。</translation>
    </message>
    <message>
        <source>The key of {name} will travel unencrypted; use https:// if you can.</source>
        <translation>{name} 的密钥会以明文传输；如果可以，请改用 https://。</translation>
    </message>
    <message>
        <source>{name} would be asked for Claude's models.</source>
        <translation>会向 {name} 请求 Claude 的模型。</translation>
    </message>
    <message>
        <source>Name its own: {command}</source>
        <translation>请指定它自己的模型：{command}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Auth</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未测</translation>
    </message>
    <message>
        <source>not offered</source>
        <translation>不提供</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Nothing to import was found.</source>
        <translation>没有可导入的内容。</translation>
    </message>
    <message>
        <source>{count} endpoint would be added; nothing was changed.</source>
        <translation>将添加 {count} 个端点；没有改动任何内容。</translation>
    </message>
    <message>
        <source>{count} endpoints would be added; nothing was changed.</source>
        <translation>将添加 {count} 个端点；没有改动任何内容。</translation>
    </message>
    <message>
        <source>{count} endpoint added.</source>
        <translation>已添加 {count} 个端点。</translation>
    </message>
    <message>
        <source>{count} endpoints added.</source>
        <translation>已添加 {count} 个端点。</translation>
    </message>
    <message>
        <source>left out: {said}</source>
        <translation>未导入：{said}</translation>
    </message>
    <message>
        <source>here already, as {name}</source>
        <translation>已经有了，名为 {name}</translation>
    </message>
    <message>
        <source>failed: {said}</source>
        <translation>失败：{said}</translation>
    </message>
    <message>
        <source>would be added</source>
        <translation>将添加</translation>
    </message>
    <message>
        <source>would be added, switched off</source>
        <translation>将添加，停用</translation>
    </message>
    <message>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>added, switched off</source>
        <translation>已添加，停用</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>On PATH</source>
        <translation>在 PATH 中</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Takes {allowed}; default {default}.</source>
        <translation>取值：{allowed}；默认 {default}。</translation>
    </message>
    <message>
        <source>Takes {allowed}; default empty.</source>
        <translation>取值：{allowed}；默认为空。</translation>
    </message>
    <message>
        <source>{setting} (from the next start on)</source>
        <translation>{setting}（下次启动时生效）</translation>
    </message>
    <message>
        <source>{count} endpoint</source>
        <translation>{count} 个端点</translation>
    </message>
    <message>
        <source>{count} endpoints</source>
        <translation>{count} 个端点</translation>
    </message>
    <message>
        <source>{count} key</source>
        <translation>{count} 个密钥</translation>
    </message>
    <message>
        <source>{count} keys</source>
        <translation>{count} 个密钥</translation>
    </message>
    <message>
        <source>{what} and all options, without keys: {file}</source>
        <translation>{what}和全部选项（不含密钥）：{file}</translation>
    </message>
    <message>
        <source>{what} and all options, without secrets: {file}</source>
        <translation>{what}和全部选项（不含机密）：{file}</translation>
    </message>
    <message>
        <source>{what} and all options, and {how}: {file}</source>
        <translation>{what}、全部选项和 {how}：{file}</translation>
    </message>
    <message>
        <source>{what}, {how} and all options are as in {file}.</source>
        <translation>{what}、{how}和全部选项已与 {file} 一致。</translation>
    </message>
    <message>
        <source>What was there before, without keys, is kept in {file}.</source>
        <translation>原有内容（不含密钥）保存在 {file}。</translation>
    </message>
    <message>
        <source>The keys stand in this file as they are. Only you can read it here; keep it where nobody else can.</source>
        <translation>此文件中的密钥是明文。在这里只有你能读取它；请存放在别人无法读取的地方。</translation>
    </message>
    <message>
        <source>Endpoints whose key is not known here need it again: qcc-desktop endpoint edit.</source>
        <translation>这里没有密钥的端点需要重新填写：qcc-desktop endpoint edit。</translation>
    </message>
    <message>
        <source>Endpoints, keys, options, history and logs are deleted.</source>
        <translation>已删除端点、密钥、选项、历史记录和日志。</translation>
    </message>
    <message>
        <source>{file} cannot be deleted: {error}.</source>
        <translation>无法删除 {file}：{error}。</translation>
    </message>
    <message>
        <source>Close what uses it, then try again.</source>
        <translation>请关闭占用它的程序，然后重试。</translation>
    </message>
    <message>
        <source>QCC Desktop starts at login.</source>
        <translation>QCC Desktop 会在登录时启动。</translation>
    </message>
    <message>
        <source>QCC Desktop does not start at login.</source>
        <translation>QCC Desktop 不会在登录时启动。</translation>
    </message>
    <message>
        <source>Another copy of QCC Desktop starts at login; 'autostart on' takes this.</source>
        <translation>登录时启动的是另一个 QCC Desktop；autostart on 可改为此程序。</translation>
    </message>
    <message>
        <source>The system's settings keep QCC Desktop from starting at login.</source>
        <translation>系统设置阻止 QCC Desktop 在登录时启动。</translation>
    </message>
    <message>
        <source>The entry starts a program that is gone; 'qcc-desktop autostart on' mends it.</source>
        <translation>条目启动的程序已不在；qcc-desktop autostart on 可以修复。</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>This is the demo: nothing you add here is kept.</source>
        <translation>这是演示：在此添加的内容都不会保留。</translation>
    </message>
    <message>
        <source>Start QCC Desktop to use your endpoints.</source>
        <translation>请启动 QCC Desktop 来使用自己的端点。</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>QCC Desktop keeps running in the tray.</source>
        <translation>QCC Desktop 仍在托盘中运行。</translation>
    </message>
    <message>
        <source>Click its icon to open the window again; quit from its menu.</source>
        <translation>点击图标可再次打开窗口；在图标菜单中退出。</translation>
    </message>
    <message>
        <source>Launch Claude Code in this folder</source>
        <translation>选择启动 Claude Code 的文件夹</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>QCC Desktop {version} runs (process {pid}). Light: {light}. {cause}</source>
        <translation>QCC Desktop {version} 正在运行（进程 {pid}）。状态灯：{light}。{cause}</translation>
    </message>
    <message>
        <source>QCC Desktop {version} runs (process {pid}), but this is version {own}.</source>
        <translation>QCC Desktop {version} 正在运行（进程 {pid}），但当前版本是 {own}。</translation>
    </message>
    <message>
        <source>Quit the running program and start it again.</source>
        <translation>退出正在运行的程序，再重新启动。</translation>
    </message>
    <message>
        <source>QCC Desktop is not running.</source>
        <translation>QCC Desktop 没有运行。</translation>
    </message>
    <message>
        <source>Start it with: qcc-desktop</source>
        <translation>启动它：qcc-desktop</translation>
    </message>
    <message>
        <source>The lines below and 'qcc-desktop logs' say why.</source>
        <translation>原因见下面各项和 qcc-desktop logs。</translation>
    </message>
    <message>
        <source>QCC Desktop runs, but does not answer. {error}</source>
        <translation>QCC Desktop 在运行，但没有应答。{error}</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>The proxy listens on port {port}.</source>
        <translation>代理正在监听端口 {port}。</translation>
    </message>
    <message>
        <source>The proxy should listen on port {port}, but nothing does.</source>
        <translation>代理应当监听端口 {port}，但那里没有任何程序。</translation>
    </message>
    <message>
        <source>Port {port} is free.</source>
        <translation>端口 {port} 空闲。</translation>
    </message>
    <message>
        <source>The proxy takes a free port each time (server.port is 0).</source>
        <translation>代理每次使用一个空闲端口（server.port 为 0）。</translation>
    </message>
    <message>
        <source>Port {port} is used by {name} (process {pid}).</source>
        <translation>端口 {port} 已被 {name} 占用（进程 {pid}）。</translation>
    </message>
    <message>
        <source>Port {port} is used by a program of another user or of the system.</source>
        <translation>端口 {port} 已被其他用户或系统的程序占用。</translation>
    </message>
    <message>
        <source>The proxy uses port {used} instead. {detail}</source>
        <translation>代理改用了端口 {used}。{detail}</translation>
    </message>
    <message>
        <source>End that program, or take another port: qcc-desktop config set server.port {free}</source>
        <translation>结束那个程序，或换一个端口：qcc-desktop config set server.port {free}</translation>
    </message>
    <message>
        <source>Port {port} may not be used by you: {error}.</source>
        <translation>不允许使用端口 {port}：{error}。</translation>
    </message>
    <message>
        <source>Windows keeps ports {first} to {last} for itself, so port {port} cannot be used.</source>
        <translation>Windows 保留了端口 {first} 到 {last}，因此端口 {port} 无法使用。</translation>
    </message>
    <message>
        <source>Take another port: qcc-desktop config set server.port {free}</source>
        <translation>换一个端口：qcc-desktop config set server.port {free}</translation>
    </message>
    <message>
        <source>Claude Code</source>
        <translation>Claude Code</translation>
    </message>
    <message>
        <source>Version {version} at {path}.</source>
        <translation>版本 {version}，位于 {path}。</translation>
    </message>
    <message>
        <source>Found at {path}, but it does not tell its version.</source>
        <translation>在 {path} 找到了，但它不报告版本。</translation>
    </message>
    <message>
        <source>See what this says: {command} --version</source>
        <translation>看看这条命令的输出：{command} --version</translation>
    </message>
    <message>
        <source>Found at {path}, but it does not start. {problem}</source>
        <translation>在 {path} 找到了，但无法启动。{problem}</translation>
    </message>
    <message>
        <source>Version {version} at {path} is launched. Also there: {others}.</source>
        <translation>启动的是 {path} 的版本 {version}。另外还有：{others}。</translation>
    </message>
    <message>
        <source>Claude Code was not found on this computer.</source>
        <translation>本机没有找到 Claude Code。</translation>
    </message>
    <message>
        <source>Install it: npm install -g @anthropic-ai/claude-code</source>
        <translation>安装：npm install -g @anthropic-ai/claude-code</translation>
    </message>
    <message>
        <source>Claude Code's settings</source>
        <translation>Claude Code 的设置</translation>
    </message>
    <message>
        <source>They lead to no other address.</source>
        <translation>没有指向其他地址。</translation>
    </message>
    <message>
        <source>They lead to this proxy (takeover).</source>
        <translation>指向本代理（已接管）。</translation>
    </message>
    <message>
        <source>{file} leads Claude Code to {address}, where nothing answers ({owner}).</source>
        <translation>{file} 把 Claude Code 指向 {address}，那里没有应答（{owner}）。</translation>
    </message>
    <message>
        <source>Delete {names} from 'env' in that file, or start the program that listened there.</source>
        <translation>从该文件的 env 中删除 {names}，或启动原先监听那里的程序。</translation>
    </message>
    <message>
        <source>A takeover was left behind. {detail}</source>
        <translation>有一次接管没有还原。{detail}</translation>
    </message>
    <message>
        <source>Put Claude Code's settings back: qcc-desktop takeover off</source>
        <translation>还原 Claude Code 的设置：qcc-desktop takeover off</translation>
    </message>
    <message>
        <source>{file} holds a placeholder of {owner} instead of a key.</source>
        <translation>{file} 中的密钥是 {owner} 的占位符。</translation>
    </message>
    <message>
        <source>Switch {owner}'s proxy off in its own window, or delete {names} from 'env'.</source>
        <translation>在 {owner} 的窗口中关闭它的代理，或从 env 中删除 {names}。</translation>
    </message>
    <message>
        <source>{file} leads Claude Code to {address}, past this proxy. A launch from here overrides it.</source>
        <translation>{file} 把 Claude Code 指向 {address}，绕过了本代理。从这里启动时会覆盖它。</translation>
    </message>
    <message>
        <source>Your organisation's settings set {names}, so Claude Code goes past the proxy.</source>
        <translation>所在组织的设置指定了 {names}，因此 Claude Code 会绕过代理。</translation>
    </message>
    <message>
        <source>Ask who manages this computer.</source>
        <translation>请询问本机的管理员。</translation>
    </message>
    <message>
        <source>{file} cannot be read: {error}.</source>
        <translation>无法读取 {file}：{error}。</translation>
    </message>
    <message>
        <source>Repair the file; Claude Code needs it to be JSON.</source>
        <translation>请修复该文件；Claude Code 要求它是 JSON。</translation>
    </message>
    <message>
        <source>left by another program</source>
        <translation>由其他程序遗留</translation>
    </message>
    <message>
        <source>System proxies</source>
        <translation>系统代理</translation>
    </message>
    <message>
        <source>None: endpoints are reached directly.</source>
        <translation>没有：直接连接端点。</translation>
    </message>
    <message>
        <source>Endpoints are reached through {proxies}.</source>
        <translation>经由 {proxies} 连接端点。</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not answer ({source}).</source>
        <translation>代理 {proxy} 没有应答（{source}）。</translation>
    </message>
    <message>
        <source>Start it, or take it out of {source}; an endpoint can also be set to 'direct'.</source>
        <translation>启动它，或从 {source} 中移除；也可以把端点设为 direct。</translation>
    </message>
    <message>
        <source>This computer without a proxy</source>
        <translation>本机不走代理</translation>
    </message>
    <message>
        <source>Requests to this computer go past the system's proxy.</source>
        <translation>发往本机的请求不经过系统代理。</translation>
    </message>
    <message>
        <source>Give it one: qcc-desktop endpoint edit {name} --api-key-stdin</source>
        <translation>填写密钥：qcc-desktop endpoint edit {name} --api-key-stdin</translation>
    </message>
    <message>
        <source>Check address, key and balance; test again with: qcc-desktop endpoint test {name}</source>
        <translation>检查地址、密钥和余额；再次测试：qcc-desktop endpoint test {name}</translation>
    </message>
    <message>
        <source>Set NO_PROXY to: {value}</source>
        <translation>把 NO_PROXY 设为：{value}</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>The system's certificates are trusted.</source>
        <translation>信任系统的证书。</translation>
    </message>
    <message>
        <source>Also trusted: {files}.</source>
        <translation>另外信任：{files}。</translation>
    </message>
    <message>
        <source>{source} names {file}, which cannot be used: {error}.</source>
        <translation>{source} 指定的 {file} 无法使用：{error}。</translation>
    </message>
    <message>
        <source>Name a PEM file that you can read, or empty {source}.</source>
        <translation>指定一个可读的 PEM 文件，或清空 {source}。</translation>
    </message>
    <message>
        <source>Claude Code trusts {file} (NODE_EXTRA_CA_CERTS), this proxy does not.</source>
        <translation>Claude Code 信任 {file}（NODE_EXTRA_CA_CERTS），本代理不信任。</translation>
    </message>
    <message>
        <source>If endpoints need it: qcc-desktop config set upstream.ca_file {file}</source>
        <translation>如果端点需要：qcc-desktop config set upstream.ca_file {file}</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>They lie in the system keychain ({name}).</source>
        <translation>保存在系统钥匙串中（{name}）。</translation>
    </message>
    <message>
        <source>No keychain is usable, so they lie in a file that only you can read ({file}).</source>
        <translation>没有可用的钥匙串，因此保存在只有你能读取的文件中（{file}）。</translation>
    </message>
    <message>
        <source>Set up a keychain (GNOME Keyring, KWallet) and start the program again.</source>
        <translation>设置一个钥匙串（GNOME 密钥环、KWallet），再重新启动程序。</translation>
    </message>
    <message>
        <source>The system keychain ({name}) is locked.</source>
        <translation>系统钥匙串（{name}）已锁定。</translation>
    </message>
    <message>
        <source>Unlock it in your desktop's password program.</source>
        <translation>在桌面的密码程序中解锁。</translation>
    </message>
    <message>
        <source>left by {owner}</source>
        <translation>由 {owner} 遗留</translation>
    </message>
    <message>
        <source>A system proxy is set ({names}), and NO_PROXY does not cover {hosts}: a Claude Code not launched from here asks that proxy for this computer and fails.</source>
        <translation>设置了系统代理（{names}），而 NO_PROXY 没有包含 {hosts}：不是从这里启动的 Claude Code 会向那个代理请求本机地址而失败。</translation>
    </message>
    <message>
        <source>Keys lie in a keychain that cannot be reached from here: {count}.</source>
        <translation>有密钥保存在这里无法访问的钥匙串中：{count} 个。</translation>
    </message>
    <message>
        <source>Start the program in your desktop session, or give the keys again.</source>
        <translation>在桌面会话中启动程序，或重新填写密钥。</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>No variable leads Claude Code past the proxy.</source>
        <translation>没有变量让 Claude Code 绕过代理。</translation>
    </message>
    <message>
        <source>Set here: {names}. A launch leaves them out; a Claude Code started otherwise obeys them.</source>
        <translation>当前设置了：{names}。从这里启动时会去掉；以其他方式启动的 Claude Code 会采用它们。</translation>
    </message>
    <message>
        <source>ANTHROPIC_BASE_URL leads to {address}, where nothing answers.</source>
        <translation>ANTHROPIC_BASE_URL 指向 {address}，那里没有应答。</translation>
    </message>
    <message>
        <source>In this terminal: {command}</source>
        <translation>在这个终端中运行：{command}</translation>
    </message>
    <message>
        <source>Shell profiles</source>
        <translation>Shell 配置文件</translation>
    </message>
    <message>
        <source>They set no variable of Claude Code.</source>
        <translation>没有设置 Claude Code 的变量。</translation>
    </message>
    <message>
        <source>Variables that lead Claude Code past the proxy are set in: {places}.</source>
        <translation>这些位置设置了让 Claude Code 绕过代理的变量：{places}。</translation>
    </message>
    <message>
        <source>ANTHROPIC_BASE_URL leads to {address}, where nothing answers, in: {places}.</source>
        <translation>ANTHROPIC_BASE_URL 指向 {address}，那里没有应答，设置于：{places}。</translation>
    </message>
    <message>
        <source>Delete these lines and open a new terminal: {lines}.</source>
        <translation>删除这些行并打开新的终端：{lines}。</translation>
    </message>
    <message>
        <source>Windows variables</source>
        <translation>Windows 变量</translation>
    </message>
    <message>
        <source>None leads Claude Code past the proxy.</source>
        <translation>没有变量让 Claude Code 绕过代理。</translation>
    </message>
    <message>
        <source>Variables that lead Claude Code past the proxy are set for: {places}.</source>
        <translation>这些范围设置了让 Claude Code 绕过代理的变量：{places}。</translation>
    </message>
    <message>
        <source>In PowerShell: {command}</source>
        <translation>在 PowerShell 中运行：{command}</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Right within {seconds} s, says {name}.</source>
        <translation>误差在 {seconds} 秒以内（对照 {name}）。</translation>
    </message>
    <message>
        <source>Off by {seconds} s, says {name}. Certificates and waiting times go wrong.</source>
        <translation>相差 {seconds} 秒（对照 {name}）。证书和等待时间都会出错。</translation>
    </message>
    <message>
        <source>Let the system set the time automatically.</source>
        <translation>让系统自动设置时间。</translation>
    </message>
    <message>
        <source>No endpoint answered with the time.</source>
        <translation>没有端点返回时间。</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>托盘</translation>
    </message>
    <message>
        <source>This system shows tray icons.</source>
        <translation>这个系统会显示托盘图标。</translation>
    </message>
    <message>
        <source>The desktop shows tray icons (StatusNotifier).</source>
        <translation>桌面会显示托盘图标（StatusNotifier）。</translation>
    </message>
    <message>
        <source>The panel shows tray icons (XEmbed).</source>
        <translation>面板会显示托盘图标（XEmbed）。</translation>
    </message>
    <message>
        <source>A tray service runs, but no panel shows its icons.</source>
        <translation>托盘服务在运行，但没有面板显示图标。</translation>
    </message>
    <message>
        <source>This desktop ({desktop}) shows no tray icons.</source>
        <translation>这个桌面（{desktop}）不显示托盘图标。</translation>
    </message>
    <message>
        <source>Add a panel with a tray; until then the window stays in the task bar.</source>
        <translation>添加一个带托盘的面板；在此之前窗口留在任务栏中。</translation>
    </message>
    <message>
        <source>GNOME shows no tray icons without an extension.</source>
        <translation>GNOME 没有扩展就不显示托盘图标。</translation>
    </message>
    <message>
        <source>Install and switch on 'AppIndicator and KStatusNotifierItem Support'.</source>
        <translation>安装并启用扩展 AppIndicator and KStatusNotifierItem Support。</translation>
    </message>
    <message>
        <source>No desktop session here.</source>
        <translation>这里没有桌面会话。</translation>
    </message>
    <message>
        <source>Without one use: qcc-desktop serve</source>
        <translation>没有桌面时请用：qcc-desktop serve</translation>
    </message>
    <message>
        <source>Endpoint {name}</source>
        <translation>端点 {name}</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>There is none yet.</source>
        <translation>还没有端点。</translation>
    </message>
    <message>
        <source>Add one in the window, or with: qcc-desktop endpoint add</source>
        <translation>在窗口中添加，或运行：qcc-desktop endpoint add</translation>
    </message>
    <message>
        <source>All {count} are switched off.</source>
        <translation>全部 {count} 个都已停用。</translation>
    </message>
    <message>
        <source>Switch one on: qcc-desktop endpoint enable NAME</source>
        <translation>启用一个：qcc-desktop endpoint enable NAME</translation>
    </message>
    <message>
        <source>Answers and streams; the test took {ms} ms.</source>
        <translation>应答和流式输出正常；测试用时 {ms} 毫秒。</translation>
    </message>
    <message>
        <source>{host}: {message}</source>
        <translation>{host}：{message}</translation>
    </message>
    <message>
        <source>It has no key.</source>
        <translation>没有密钥。</translation>
    </message>
    <message>
        <source>Answers, but Claude Code asks it for Claude's models, which it does not have.</source>
        <translation>能够应答，但 Claude Code 会向它请求 Claude 的模型，而它没有这些模型。</translation>
    </message>
    <message>
        <source>Name one of its own: qcc-desktop endpoint edit {name} --map 'claude-*=MODEL'</source>
        <translation>请指定它自己的模型：qcc-desktop endpoint edit {name} --map 'claude-*=MODEL'</translation>
    </message>
    <message>
        <source>Answers, but its address begins with http://: the key can be read on its way.</source>
        <translation>有应答，但地址以 http:// 开头：密钥在途中可能被读取。</translation>
    </message>
    <message>
        <source>Use its https:// address if it has one.</source>
        <translation>如果有 https:// 地址，请改用它。</translation>
    </message>
    <message>
        <source>Wait; other endpoints answer meanwhile.</source>
        <translation>请等一等；其间由其他端点应答。</translation>
    </message>
    <message>
        <source>Wait, or add another endpoint that can answer meanwhile.</source>
        <translation>请等一等，或再添加一个端点，其间由它应答。</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Readable, endpoints: {count} ({file}).</source>
        <translation>可以读取，端点数：{count}（{file}）。</translation>
    </message>
    <message>
        <source>There is none yet; defaults are used ({file}).</source>
        <translation>还没有配置，使用默认值（{file}）。</translation>
    </message>
    <message>
        <source>Some values were replaced. {notices}</source>
        <translation>有些值被替换了。{notices}</translation>
    </message>
    <message>
        <source>Repair them in {file}, or set them anew.</source>
        <translation>在 {file} 中修复，或重新设置。</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>文件权限</translation>
    </message>
    <message>
        <source>Private files can be read by you alone.</source>
        <translation>私密文件只有你能读取。</translation>
    </message>
    <message>
        <source>Others on this computer can read: {files}.</source>
        <translation>本机上的其他用户可以读取：{files}。</translation>
    </message>
    <message>
        <source>chmod 600 {files}</source>
        <translation>chmod 600 {files}</translation>
    </message>
    <message>
        <source>Your user folder protects the files; Windows has no file modes to check.</source>
        <translation>文件由你的用户文件夹保护；Windows 没有可检查的文件模式。</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Writable, {free} free.</source>
        <translation>可以写入，剩余 {free}。</translation>
    </message>
    <message>
        <source>Cannot be written: {folders}.</source>
        <translation>无法写入：{folders}。</translation>
    </message>
    <message>
        <source>Make them writable for you.</source>
        <translation>让你自己可以写入它们。</translation>
    </message>
    <message>
        <source>Only {free} are free at {folder}.</source>
        <translation>{folder} 只剩 {free}。</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>请腾出一些空间。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>{size} in {folder}.</source>
        <translation>{size}，位于 {folder}。</translation>
    </message>
    <message>
        <source>{size} in {folder}, more than rotation should leave.</source>
        <translation>{size}，位于 {folder}，超过轮换后应有的大小。</translation>
    </message>
    <message>
        <source>Delete the oldest files there.</source>
        <translation>删除那里最旧的文件。</translation>
    </message>
    <message>
        <source>There is no log yet ({folder}).</source>
        <translation>还没有日志（{folder}）。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Since {day}, {size} in {file}.</source>
        <translation>自 {day} 起，{size}，位于 {file}。</translation>
    </message>
    <message>
        <source>Nothing was used yet.</source>
        <translation>还没有用量。</translation>
    </message>
    <message>
        <source>{file} is damaged.</source>
        <translation>{file} 已损坏。</translation>
    </message>
    <message>
        <source>Start the program anew: it keeps the damaged file aside and begins another.</source>
        <translation>重新启动程序：它会把损坏的文件放到一边，另起一个新文件。</translation>
    </message>
    <message>
        <source>A newer version of QCC Desktop wrote {file}.</source>
        <translation>{file} 由更新版本的 QCC Desktop 写入。</translation>
    </message>
    <message>
        <source>Update this program; until then what is used is kept in memory only.</source>
        <translation>请更新本程序；在那之前，用量只保存在内存中。</translation>
    </message>
    <message>
        <source>It cannot be read: {error} ({file}).</source>
        <translation>无法读取：{error}（{file}）。</translation>
    </message>
    <message>
        <source>Close what else uses it, and make it readable for you.</source>
        <translation>请关闭占用它的其他程序，并让你自己可以读取它。</translation>
    </message>
    <message>
        <source>Runtime file</source>
        <translation>运行时文件</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>正常。</translation>
    </message>
    <message>
        <source>{file} was left behind by a program that ended without cleaning up.</source>
        <translation>{file} 是某个未正常退出的程序遗留的。</translation>
    </message>
    <message>
        <source>It does no harm; the next start replaces it.</source>
        <translation>它没有危害；下次启动会替换它。</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>On.</source>
        <translation>已开启。</translation>
    </message>
    <message>
        <source>Off.</source>
        <translation>已关闭。</translation>
    </message>
    <message>
        <source>Switched on here, but off in the system's own settings.</source>
        <translation>这里已开启，但在系统自己的设置中被关闭。</translation>
    </message>
    <message>
        <source>On, but it starts something else: {command}</source>
        <translation>已开启，但启动的是别的程序：{command}</translation>
    </message>
    <message>
        <source>Switch it off and on again in the settings.</source>
        <translation>在设置中先关闭再开启。</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>QCC Desktop {own}, Python {python}, Qt {qt}, {system}.</source>
        <translation>QCC Desktop {own}，Python {python}，Qt {qt}，{system}。</translation>
    </message>
    <message>
        <source>Surroundings</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <source>An ordinary session on this computer.</source>
        <translation>本机上的普通会话。</translation>
    </message>
    <message>
        <source>This is WSL: Claude Code must run inside it too to reach the proxy for sure.</source>
        <translation>这是 WSL：Claude Code 也要在其中运行，才一定能连到代理。</translation>
    </message>
    <message>
        <source>This is a container: the proxy can be reached from inside it only.</source>
        <translation>这是容器：代理只能从容器内部访问。</translation>
    </message>
    <message>
        <source>This is a remote shell: keychain and tray of the desktop may be out of reach.</source>
        <translation>这是远程 Shell：可能访问不到桌面的钥匙串和托盘。</translation>
    </message>
    <message>
        <source>This is a remote desktop: the proxy belongs to this session's user.</source>
        <translation>这是远程桌面：代理属于这个会话的用户。</translation>
    </message>
    <message>
        <source>You are the administrator (root): settings and keys are root's, not yours.</source>
        <translation>你是管理员（root）：设置和密钥属于 root，而不是你自己的账户。</translation>
    </message>
    <message>
        <source>This could not be checked ({error}).</source>
        <translation>这一项无法检查（{error}）。</translation>
    </message>
    <message>
        <source>This gave no answer within {seconds} s.</source>
        <translation>这一项在 {seconds} 秒内没有结果。</translation>
    </message>
</context>
<context>
    <name>DoctorCard</name>
    <message>
        <source>The diagnostics are on the clipboard.</source>
        <translation>诊断信息已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Fine: {count}</source>
        <translation>正常：{count} 项</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Looks at the port, Claude Code and its settings, proxies, certificates, keys and each endpoint. It changes nothing.</source>
        <translation>检查端口、Claude Code 及其设置、网络代理、证书、密钥和每个端点，不作任何改动。</translation>
    </message>
    <message>
        <source>Checked at {time}</source>
        <translation>{time} 检查</translation>
    </message>
    <message>
        <source>out of date since the settings changed: check again</source>
        <translation>设置已变，结果过时：请再检查一次</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>全面检查</translation>
    </message>
    <message>
        <source>Asks each endpoint three tiny questions (some hundred tokens); takes seconds</source>
        <translation>会向每个端点提三个极短的问题（几百 token），需要几秒钟</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>A text for a report, without secrets</source>
        <translation>用于反馈的文本，不含密钥</translation>
    </message>
</context>
<context>
    <name>EditorForm</name>
    <message>
        <source>Get a key</source>
        <translation>获取密钥</translation>
    </message>
    <message>
        <source>Other vendor</source>
        <translation>换一家</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>New endpoint</source>
        <translation>新端点</translation>
    </message>
</context>
<context>
    <name>EndpointCard</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Give it another key</source>
        <translation>换一个密钥</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Ask it now whether it is back</source>
        <translation>立即询问它是否已恢复</translation>
    </message>
    <message>
        <source>Time to first token, latest answers</source>
        <translation>最近几次应答的首字延迟</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} 至 {most}</translation>
    </message>
</context>
<context>
    <name>EndpointEditor</name>
    <message>
        <source>Add endpoint</source>
        <translation>添加端点</translation>
    </message>
    <message>
        <source>Edit endpoint</source>
        <translation>编辑端点</translation>
    </message>
    <message>
        <source>All is well. Save it, and it is used again at once.</source>
        <translation>一切正常。保存后立即重新启用。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>接口地址</translation>
    </message>
    <message>
        <source>It speaks</source>
        <translation>接口类型</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>The key is sent as</source>
        <translation>密钥的发送方式</translation>
    </message>
    <message>
        <source>Network proxy</source>
        <translation>网络代理</translation>
    </message>
    <message>
        <source>Priority (1 is asked first)</source>
        <translation>优先级（1 最先）</translation>
    </message>
    <message>
        <source>Weight (1 to 1000)</source>
        <translation>权重（1–1000）</translation>
    </message>
    <message>
        <source>Anthropic's API</source>
        <translation>Anthropic 接口</translation>
    </message>
    <message>
        <source>OpenAI's API (requests are translated)</source>
        <translation>OpenAI 接口（请求会自动转换）</translation>
    </message>
    <message>
        <source>Model map, one rule a line</source>
        <translation>模型映射，每行一条</translation>
    </message>
    <message>
        <source>Extra headers, one a line</source>
        <translation>附加请求头，每行一个</translation>
    </message>
    <message>
        <source>Connect (s)</source>
        <translation>连接超时（秒）</translation>
    </message>
    <message>
        <source>First byte (s)</source>
        <translation>首字节超时（秒）</translation>
    </message>
    <message>
        <source>Silence (s)</source>
        <translation>静默超时（秒）</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>The vendor's API key</source>
        <translation>厂商提供的 API 密钥</translation>
    </message>
    <message>
        <source>Both headers</source>
        <translation>两种请求头都发</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>排在最后</translation>
    </message>
    <message>
        <source>Test asks the endpoint now; nothing is saved by it.</source>
        <translation>“测试”会立即请求该端点，不会保存任何内容。</translation>
    </message>
    <message>
        <source>Test asks the endpoint now. Save to use a new key or address.</source>
        <translation>“测试”会立即请求该端点。新的密钥或地址要点“保存”后才会启用。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Claude Code asks for Claude's models. Name the model of this endpoint that answers instead, or one for each kind.</source>
        <translation>Claude Code 请求的是 Claude 的模型。请填写此端点用来代替的模型，也可以为每一类分别填写。</translation>
    </message>
    <message>
        <source>All is well. It is being verified and will be used again.</source>
        <translation>一切正常。正在验证，通过后即重新启用。</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>隐藏密钥</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
</context>
<context>
    <name>Endpoints</name>
    <message>
        <source>The order in which they are asked. Drag a row to move it.</source>
        <translation>请求的先后顺序，拖动行可以调整。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Only ticked endpoints get requests.</source>
        <translation>只有勾选的端点会收到请求。</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What the last requests and checks have shown.</source>
        <translation>最近的请求和检查得出的状态。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What you call it. The pin marks the preferred one.</source>
        <translation>你取的名称。图钉表示优先使用的端点。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>The base URL that requests go to.</source>
        <translation>请求发往的接口地址。</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首字延迟</translation>
    </message>
    <message>
        <source>Median time to the first token.</source>
        <translation>收到首个 token 的时间（中位数）。</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功率</translation>
    </message>
    <message>
        <source>Share of requests that were answered.</source>
        <translation>得到应答的请求所占比例。</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Requests being answered now.</source>
        <translation>正在应答的请求数。</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Conversations bound to this endpoint.</source>
        <translation>绑定在此端点上的会话数。</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Why it is out and when it is tried again.</source>
        <translation>为什么不可用，何时重试。</translation>
    </message>
    <message>
        <source>{address}
Speaks OpenAI's API; requests are translated.</source>
        <translation>{address}
使用 OpenAI 接口，请求会自动转换。</translation>
    </message>
    <message>
        <source>No answer has been timed yet.</source>
        <translation>还没有计时数据。</translation>
    </message>
    <message>
        <source>Time to the first token: half within {half}, 95 % within {most}.</source>
        <translation>首字延迟：一半在 {half}内，95% 在 {most}内。</translation>
    </message>
    <message>
        <source>{requests} requests, {failures} failed.</source>
        <translation>共 {requests} 次请求，失败 {failures} 次。</translation>
    </message>
    <message>
        <source>Edit it and enter the key.</source>
        <translation>请编辑该端点并填写密钥。</translation>
    </message>
    <message>
        <source>{when}: {what}</source>
        <translation>{when}：{what}</translation>
    </message>
    <message>
        <source>Tried any moment · {what}</source>
        <translation>即将重试 · {what}</translation>
    </message>
    <message>
        <source>Again in {time} · {what}</source>
        <translation>{time} 后重试 · {what}</translation>
    </message>
    <message>
        <source>Last failure {time}: {what} ({kind})</source>
        <translation>上次失败 {time}：{what}（{kind}）</translation>
    </message>
    <message>
        <source>Tried again at {time}.</source>
        <translation>将于 {time} 重试。</translation>
    </message>
</context>
<context>
    <name>EndpointsPage</name>
    <message>
        <source>Prefer</source>
        <translation>优先使用</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Add endpoint</source>
        <translation>添加端点</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add the endpoints you have a key for. Claude Code works while one answers.</source>
        <translation>把你有密钥的端点都加进来，只要有一个能应答，Claude Code 就能工作。</translation>
    </message>
    <message>
        <source>No endpoint matches “{text}”.</source>
        <translation>没有与“{text}”相符的端点。</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>You can also paste or drop variables, JSON or a curl command here.</source>
        <translation>也可以把环境变量、JSON 或 curl 命令粘贴或拖到这里。</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>A firewall in front of the endpoint refused us.</source>
        <translation>端点前的防火墙拒绝了请求。</translation>
    </message>
    <message>
        <source>A server in front of the endpoint takes no request of this size.</source>
        <translation>端点前的服务器不接受这么大的请求。</translation>
    </message>
    <message>
        <source>All connections to the endpoint are in use.</source>
        <translation>到此端点的连接已用完。</translation>
    </message>
    <message>
        <source>The account of this endpoint has no balance left.</source>
        <translation>此端点的账户余额已用完。</translation>
    </message>
    <message>
        <source>The base URL answers with status {status}.</source>
        <translation>接口地址返回状态码 {status}。</translation>
    </message>
    <message>
        <source>The base URL is not that of an API.</source>
        <translation>接口地址不是 API 的地址。</translation>
    </message>
    <message>
        <source>The base URL needs https.</source>
        <translation>接口地址需要使用 https。</translation>
    </message>
    <message>
        <source>The client ended the request.</source>
        <translation>客户端取消了请求。</translation>
    </message>
    <message>
        <source>The conversation holds thinking blocks that this endpoint did not write.</source>
        <translation>对话中有不属于此端点的思考内容。</translation>
    </message>
    <message>
        <source>The conversation is too long for the model.</source>
        <translation>对话超出了模型的长度上限。</translation>
    </message>
    <message>
        <source>The endpoint answered, but did not repeat the code word it was asked for.</source>
        <translation>端点有应答，但没有按要求复述暗号。</translation>
    </message>
    <message>
        <source>The endpoint answered with a web page.</source>
        <translation>端点返回的是网页。</translation>
    </message>
    <message>
        <source>The endpoint answered with status {status}.</source>
        <translation>端点返回状态码 {status}。</translation>
    </message>
    <message>
        <source>The endpoint asks to try again.</source>
        <translation>端点要求重试。</translation>
    </message>
    <message>
        <source>The endpoint broke off in the middle of its answer.</source>
        <translation>端点应答到一半就断开了。</translation>
    </message>
    <message>
        <source>The endpoint calls the request invalid.</source>
        <translation>端点认为请求无效。</translation>
    </message>
    <message>
        <source>The endpoint cannot be reached.</source>
        <translation>无法连接到端点。</translation>
    </message>
    <message>
        <source>The endpoint closed the connection without an answer.</source>
        <translation>端点没有应答就关闭了连接。</translation>
    </message>
    <message>
        <source>The endpoint did not accept a connection in time.</source>
        <translation>端点迟迟不接受连接。</translation>
    </message>
    <message>
        <source>The endpoint did not begin to answer in time.</source>
        <translation>端点迟迟没有开始应答。</translation>
    </message>
    <message>
        <source>The endpoint does not offer the model.</source>
        <translation>端点没有这个模型。</translation>
    </message>
    <message>
        <source>The endpoint does not serve this path.</source>
        <translation>端点不提供这个路径。</translation>
    </message>
    <message>
        <source>The endpoint does not support a feature of the request.</source>
        <translation>端点不支持请求用到的功能。</translation>
    </message>
    <message>
        <source>The endpoint failed in a way we do not know.</source>
        <translation>端点出现未知错误。</translation>
    </message>
    <message>
        <source>The endpoint forbids the use of this key ({status}).</source>
        <translation>端点不允许使用此密钥（{status}）。</translation>
    </message>
    <message>
        <source>The endpoint had closed a kept-alive connection.</source>
        <translation>端点关闭了保持的连接。</translation>
    </message>
    <message>
        <source>The endpoint has an internal fault ({status}).</source>
        <translation>端点内部出错（{status}）。</translation>
    </message>
    <message>
        <source>The endpoint has an internal fault.</source>
        <translation>端点内部出错。</translation>
    </message>
    <message>
        <source>The endpoint is overloaded.</source>
        <translation>端点过载。</translation>
    </message>
    <message>
        <source>The endpoint limits the request rate and names no time.</source>
        <translation>端点限流，且没有说明等待时间。</translation>
    </message>
    <message>
        <source>The endpoint limits the request rate.</source>
        <translation>端点限流。</translation>
    </message>
    <message>
        <source>The endpoint refused the connection.</source>
        <translation>端点拒绝连接。</translation>
    </message>
    <message>
        <source>The endpoint refused the key ({status}).</source>
        <translation>端点拒绝了密钥（{status}）。</translation>
    </message>
    <message>
        <source>The endpoint refused the key.</source>
        <translation>端点拒绝了密钥。</translation>
    </message>
    <message>
        <source>The endpoint reset the connection.</source>
        <translation>端点重置了连接。</translation>
    </message>
    <message>
        <source>The endpoint sent no content in time.</source>
        <translation>端点迟迟没有发来内容。</translation>
    </message>
    <message>
        <source>The endpoint sent oversized response headers.</source>
        <translation>端点的响应头过大。</translation>
    </message>
    <message>
        <source>The endpoint sent something that is not HTTP.</source>
        <translation>端点发来的不是 HTTP。</translation>
    </message>
    <message>
        <source>The endpoint stopped reading the request.</source>
        <translation>端点中途停止接收请求。</translation>
    </message>
    <message>
        <source>The endpoint's answer ended before it began.</source>
        <translation>端点的应答还没开始就结束了。</translation>
    </message>
    <message>
        <source>The endpoint's answer ended too early.</source>
        <translation>端点的应答提前结束了。</translation>
    </message>
    <message>
        <source>The endpoint's answer has no content.</source>
        <translation>端点的应答没有内容。</translation>
    </message>
    <message>
        <source>The endpoint's answer is compressed wrongly.</source>
        <translation>端点的应答压缩有误。</translation>
    </message>
    <message>
        <source>The endpoint's answer is no message.</source>
        <translation>端点的应答不是消息。</translation>
    </message>
    <message>
        <source>The endpoint's answer stalled.</source>
        <translation>端点的应答停滞了。</translation>
    </message>
    <message>
        <source>The endpoint's certificate is not trusted.</source>
        <translation>端点的证书不受信任。</translation>
    </message>
    <message>
        <source>The endpoint's host name cannot be resolved.</source>
        <translation>无法解析端点的域名。</translation>
    </message>
    <message>
        <source>The key may not be used for this.</source>
        <translation>此密钥没有相应权限。</translation>
    </message>
    <message>
        <source>The network asks for a log-in page.</source>
        <translation>网络要求先登录。</translation>
    </message>
    <message>
        <source>The network proxy asks for a user name and password.</source>
        <translation>网络代理要求用户名和密码。</translation>
    </message>
    <message>
        <source>The network proxy does not forward the request.</source>
        <translation>网络代理没有转发请求。</translation>
    </message>
    <message>
        <source>The plan of this endpoint has to be paid.</source>
        <translation>此端点的套餐需要续费。</translation>
    </message>
    <message>
        <source>The request is larger than the API takes.</source>
        <translation>请求超出了 API 的大小上限。</translation>
    </message>
    <message>
        <source>The usage limit of the plan is reached.</source>
        <translation>套餐的用量已到上限。</translation>
    </message>
    <message>
        <source>There is no network route to the endpoint.</source>
        <translation>没有到端点的网络路由。</translation>
    </message>
    <message>
        <source>This computer has no connection or file to spare.</source>
        <translation>本机的连接或文件句柄已用完。</translation>
    </message>
    <message>
        <source>This computer is offline.</source>
        <translation>本机没有联网。</translation>
    </message>
    <message>
        <source>This computer is out of files, ports or memory.</source>
        <translation>本机的文件句柄、端口或内存已用完。</translation>
    </message>
    <message>
        <source>The endpoint needs a name.</source>
        <translation>请给端点起个名字。</translation>
    </message>
    <message>
        <source>The endpoint's name is longer than 100 characters.</source>
        <translation>名称不能超过 100 个字符。</translation>
    </message>
    <message>
        <source>The endpoint's name holds a line break or a control character.</source>
        <translation>端点名称中含有换行或控制字符。</translation>
    </message>
    <message>
        <source>The base URL is malformed.</source>
        <translation>接口地址格式不对。</translation>
    </message>
    <message>
        <source>The base URL must begin with http:// or https://.</source>
        <translation>接口地址应以 http:// 或 https:// 开头。</translation>
    </message>
    <message>
        <source>The base URL holds blanks.</source>
        <translation>接口地址里有空格。</translation>
    </message>
    <message>
        <source>The base URL holds a query or a fragment.</source>
        <translation>接口地址里有查询参数或片段。</translation>
    </message>
    <message>
        <source>The base URL holds a password. Give the key separately.</source>
        <translation>接口地址里有密码，请把密钥单独填写。</translation>
    </message>
    <message>
        <source>The weight must lie between 1 and 1000.</source>
        <translation>权重应在 1 到 1000 之间。</translation>
    </message>
    <message>
        <source>The priority must lie between 1 and 10000; smaller is asked first.</source>
        <translation>优先级应在 1 到 10000 之间，数字小的先用。</translation>
    </message>
    <message>
        <source>The proxy must look like http://host:port or socks5://host:port.</source>
        <translation>代理应写成 http://主机:端口 或 socks5://主机:端口。</translation>
    </message>
    <message>
        <source>The key holds blanks or characters that no header may carry. Copy it again.</source>
        <translation>密钥里有空格或请求头不允许的字符，请重新复制。</translation>
    </message>
    <message>
        <source>The key is too long for a header. Copy it again.</source>
        <translation>密钥太长，无法放入请求头。请重新复制。</translation>
    </message>
    <message>
        <source>The proxy is not running.</source>
        <translation>代理没有运行。</translation>
    </message>
    <message>
        <source>Start it with 'qcc-desktop' or 'qcc-desktop serve'.</source>
        <translation>请用 qcc-desktop 或 qcc-desktop serve 启动。</translation>
    </message>
    <message>
        <source>This endpoint does not exist any more. Look at the list again.</source>
        <translation>此端点已不存在，请重新查看列表。</translation>
    </message>
    <message>
        <source>This session is not known any more.</source>
        <translation>已不再有这个会话。</translation>
    </message>
    <message>
        <source>It appears again with its next request.</source>
        <translation>它的下一个请求到来时会再次出现。</translation>
    </message>
    <message>
        <source>This endpoint is switched off.</source>
        <translation>这个端点已停用。</translation>
    </message>
    <message>
        <source>Switch it on first, or choose another one.</source>
        <translation>请先启用它，或者选择其他端点。</translation>
    </message>
    <message>
        <source>The file could not be saved.</source>
        <translation>文件未能保存。</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>{file} cannot be read: {error}.</source>
        <translation>无法读取 {file}：{error}。</translation>
    </message>
    <message>
        <source>{file} cannot be written: {error}.</source>
        <translation>无法写入 {file}：{error}。</translation>
    </message>
    <message>
        <source>{file} cannot be locked: {error}.</source>
        <translation>无法锁定 {file}：{error}。</translation>
    </message>
    <message>
        <source>{file} is broken.</source>
        <translation>{file} 已损坏。</translation>
    </message>
    <message>
        <source>{file} is broken ({fault}).</source>
        <translation>{file} 已损坏（{fault}）。</translation>
    </message>
    <message>
        <source>{file} is broken ({fault}) and cannot be put aside.</source>
        <translation>{file} 已损坏（{fault}），并且无法移到一旁。</translation>
    </message>
    <message>
        <source>{file} is broken ({fault}) and stays as it is.</source>
        <translation>{file} 已损坏（{fault}），保持原样。</translation>
    </message>
    <message>
        <source>{file} is broken, so stored keys cannot be read.</source>
        <translation>{file} 已损坏，无法读取其中的密钥。</translation>
    </message>
    <message>
        <source>{file} is read-only.</source>
        <translation>{file} 是只读的。</translation>
    </message>
    <message>
        <source>{file} is from a newer version.</source>
        <translation>{file} 来自更新的版本。</translation>
    </message>
    <message>
        <source>{file} is being changed by another program again and again; it stays as it is.</source>
        <translation>另一个程序不断改动 {file}，因此保持原样。</translation>
    </message>
    <message>
        <source>{file} is there already. Name another file.</source>
        <translation>{file} 已存在。请换一个文件名。</translation>
    </message>
    <message>
        <source>{file} is no backup of QCC Desktop.</source>
        <translation>{file} 不是 QCC Desktop 的备份。</translation>
    </message>
    <message>
        <source>{file} is no {kind}: its configuration is missing.</source>
        <translation>{file} 不是{kind}：里面没有配置。</translation>
    </message>
    <message>
        <source>backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出文件</translation>
    </message>
    <message>
        <source>{file} was written by a newer QCC Desktop (format {version}, this one knows {current}).</source>
        <translation>{file} 由更新版本的 QCC Desktop 写入（格式 {version}，此版本只支持到 {current}）。</translation>
    </message>
    <message>
        <source>Another QCC Desktop process has held {file} for {seconds} s.</source>
        <translation>另一个 QCC Desktop 进程占用 {file} 已有 {seconds} 秒。</translation>
    </message>
    <message>
        <source>There is no folder {folder}. Choose another one.</source>
        <translation>没有文件夹 {folder}。请另选一个。</translation>
    </message>
    <message>
        <source>There is no folder {folder}. Name another one.</source>
        <translation>没有文件夹 {folder}。请换一个。</translation>
    </message>
    <message>
        <source>There is no program {program}. Choose another one.</source>
        <translation>没有程序 {program}。请另选一个。</translation>
    </message>
    <message>
        <source>{file} cannot be written.</source>
        <translation>无法写入 {file}。</translation>
    </message>
    <message>
        <source>The history could not be deleted.</source>
        <translation>无法删除历史记录。</translation>
    </message>
    <message>
        <source>Make the file readable for you.</source>
        <translation>请给自己读取该文件的权限。</translation>
    </message>
    <message>
        <source>Make it readable for you.</source>
        <translation>请给自己读取权限。</translation>
    </message>
    <message>
        <source>Make it writable, then try again.</source>
        <translation>请给予写入权限，然后重试。</translation>
    </message>
    <message>
        <source>Make the directory writable.</source>
        <translation>请给予该目录写入权限。</translation>
    </message>
    <message>
        <source>Free some space or make the directory writable.</source>
        <translation>请腾出一些空间，或给予该目录写入权限。</translation>
    </message>
    <message>
        <source>Free some space, or make the file and its folder writable for you.</source>
        <translation>请腾出一些空间，或给自己写入该文件及其文件夹的权限。</translation>
    </message>
    <message>
        <source>Repair it, or move it away to start afresh.</source>
        <translation>请修复它，或把它移走以重新开始。</translation>
    </message>
    <message>
        <source>Update this program, or move the file away to start afresh.</source>
        <translation>请更新本程序，或把该文件移走以重新开始。</translation>
    </message>
    <message>
        <source>Rename the file by hand.</source>
        <translation>请手动重命名该文件。</translation>
    </message>
    <message>
        <source>Repair it in an editor, then try again.</source>
        <translation>请用编辑器修复它，然后重试。</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>请关闭那个程序，然后重试。</translation>
    </message>
    <message>
        <source>Make it readable, or repair Claude Code's settings by hand and delete it.</source>
        <translation>请给予读取权限，或手动修复 Claude Code 的设置后删除它。</translation>
    </message>
    <message>
        <source>Name another file.</source>
        <translation>请换一个文件。</translation>
    </message>
    <message>
        <source>Name another place.</source>
        <translation>请换一个位置。</translation>
    </message>
    <message>
        <source>Update QCC Desktop.</source>
        <translation>请更新 QCC Desktop。</translation>
    </message>
    <message>
        <source>Try again, or end that process.</source>
        <translation>请重试，或结束那个进程。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有改动任何内容。</translation>
    </message>
    <message>
        <source>it holds no object</source>
        <translation>内容不是 JSON 对象</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it breaks at line {line}, column {column}</source>
        <translation>第 {line} 行第 {column} 列有错误</translation>
    </message>
    <message>
        <source>it is no UTF-8 text</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>it is no ordinary file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>its {name} is no object</source>
        <translation>其中的 {name} 不是对象</translation>
    </message>
    <message>
        <source>{name} is no JSON</source>
        <translation>{name} 不是 JSON</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或目录</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统是只读的</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个目录</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>这不是目录</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Exec format error</source>
        <translation>程序格式不对</translation>
    </message>
    <message>
        <source>Address already in use</source>
        <translation>地址已被占用</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>The configuration was broken ({fault}); it was kept as {aside} and begun anew. To have it back, repair it, end the program and rename it to {file}.</source>
        <translation>配置已损坏（{fault}），已另存为 {aside} 并重新开始。若要恢复，请修复该文件，退出程序，再把它改名为 {file}。</translation>
    </message>
    <message>
        <source>The endpoints are no list; none was read.</source>
        <translation>端点不是列表，一个也没有读取。</translation>
    </message>
    <message>
        <source>{name} has the id of {other}; it was left out.</source>
        <translation>{name} 与 {other} 的 id 相同，已略去。</translation>
    </message>
    <message>
        <source>The settings are no object; the defaults are used.</source>
        <translation>设置不是对象，改用默认值。</translation>
    </message>
    <message>
        <source>An entry of the endpoints is no object.</source>
        <translation>端点中有一项不是对象。</translation>
    </message>
    <message>
        <source>An endpoint without a name has no id.</source>
        <translation>有一个没有名称的端点没有 id。</translation>
    </message>
    <message>
        <source>{name} was called {host}.</source>
        <translation>{name} 已命名为 {host}。</translation>
    </message>
    <message>
        <source>An endpoint without a name was called {host}.</source>
        <translation>没有名称的端点已命名为 {host}。</translation>
    </message>
    <message>
        <source>{name} has no id.</source>
        <translation>{name} 没有 id。</translation>
    </message>
    <message>
        <source>The value has the wrong form.</source>
        <translation>值的格式不对。</translation>
    </message>
    <message>
        <source>{name}, {field}: {fault} The default is used instead.</source>
        <translation>{name} 的 {field}：{fault}改用默认值。</translation>
    </message>
    <message>
        <source>The choices for folders are no object; none was read.</source>
        <translation>各文件夹的选择不是对象，一项也没有读取。</translation>
    </message>
    <message>
        <source>The choice for {folder} is no object; it was left out.</source>
        <translation>{folder} 的选择不是对象，已略去。</translation>
    </message>
    <message>
        <source>The strategy for {folder}, {strategy}, is not known; it was left out.</source>
        <translation>{folder} 的策略 {strategy} 无法识别，已略去。</translation>
    </message>
    <message>
        <source>{option} must be {allowed}.</source>
        <translation>{option} 的取值应为：{allowed}。</translation>
    </message>
    <message>
        <source>one of {values}</source>
        <translation>以下之一：{values}</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>on 或 off</translation>
    </message>
    <message>
        <source>a time of day such as 22:00, or empty</source>
        <translation>时刻（例如 22:00）或空</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a whole number from {least} to {most}</source>
        <translation>{least} 到 {most} 之间的整数</translation>
    </message>
    <message>
        <source>a number from {least} to {most}</source>
        <translation>{least} 到 {most} 之间的数</translation>
    </message>
    <message>
        <source>Did you mean {names}?</source>
        <translation>是不是 {names}？</translation>
    </message>
    <message>
        <source>See: qcc-desktop config list.</source>
        <translation>可用选项见：qcc-desktop config list。</translation>
    </message>
    <message>
        <source>There is no file {file}. Give the path of a PEM file, or '' for none.</source>
        <translation>没有文件 {file}。请给出 PEM 文件的路径，或用 '' 表示没有。</translation>
    </message>
    <message>
        <source>{file} holds no certificate that can be read. Give a PEM file with certificates.</source>
        <translation>{file} 中没有可读取的证书。请给出含有证书的 PEM 文件。</translation>
    </message>
    <message>
        <source>The terminal's quotes do not match. Close every quote.</source>
        <translation>终端命令的引号不成对。请补全引号。</translation>
    </message>
    <message>
        <source>The arguments' quotes do not match. Close every quote.</source>
        <translation>参数中的引号不配对。请补全每个引号。</translation>
    </message>
    <message>
        <source>There is no program {program}. Name an installed terminal, or '' for the system's.</source>
        <translation>没有程序 {program}。请写已安装的终端，或用 '' 表示系统默认终端。</translation>
    </message>
    <message>
        <source>There is no program {program}. Name Claude Code's file, or '' for the first found.</source>
        <translation>没有程序 {program}。请给出 Claude Code 的文件，或用 '' 表示找到的第一个。</translation>
    </message>
    <message>
        <source>{name} is no usable token.</source>
        <translation>{name} 不是可用的令牌。</translation>
    </message>
    <message>
        <source>{directory} names no folder. Give its whole path.</source>
        <translation>{directory} 不是有效的文件夹。请给出完整路径。</translation>
    </message>
    <message>
        <source>Take 1 to 512 letters, digits and . _ ~ + / = - only.</source>
        <translation>只能用 1 到 512 个字母、数字和 . _ ~ + / = -。</translation>
    </message>
    <message>
        <source>The system keychain did not keep the key.</source>
        <translation>系统钥匙串没有保存密钥。</translation>
    </message>
    <message>
        <source>The system keychain is locked.</source>
        <translation>系统钥匙串已锁定。</translation>
    </message>
    <message>
        <source>The system keychain is not set up.</source>
        <translation>系统钥匙串尚未设置。</translation>
    </message>
    <message>
        <source>QCC Desktop cannot {act} the system keychain ({name}).</source>
        <translation>QCC Desktop 无法{act}系统钥匙串（{name}）。</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>write to</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>请解锁后重试。</translation>
    </message>
    <message>
        <source>Create one in your desktop's password program.</source>
        <translation>请在桌面的密码程序中创建一个。</translation>
    </message>
    <message>
        <source>Check that it runs and is unlocked.</source>
        <translation>请确认它正在运行并且已解锁。</translation>
    </message>
    <message>
        <source>To keep keys in a private file instead, set PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring.</source>
        <translation>若要改用私有文件保存密钥，请设置 PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring。</translation>
    </message>
    <message>
        <source>The key is longer than the {count} characters that the Windows Credential Manager can keep.</source>
        <translation>密钥超过 Windows 凭据管理器能保存的 {count} 个字符。</translation>
    </message>
    <message>
        <source>A key lies in the system keychain, which cannot be reached from here.</source>
        <translation>有一个密钥在系统钥匙串中，从这里无法访问。</translation>
    </message>
    <message>
        <source>Start the program in your desktop session, or give the key again.</source>
        <translation>请在桌面会话中启动本程序，或重新填写密钥。</translation>
    </message>
    <message>
        <source>The key is empty.</source>
        <translation>密钥为空。</translation>
    </message>
    <message>
        <source>Move the file away and give the keys again.</source>
        <translation>请把该文件移走，再重新填写密钥。</translation>
    </message>
    <message>
        <source>None is configured yet.</source>
        <translation>目前还没有端点。</translation>
    </message>
    <message>
        <source>Known: {names}.</source>
        <translation>现有：{names}。</translation>
    </message>
    <message>
        <source>See: qcc-desktop endpoint list.</source>
        <translation>现有端点见：qcc-desktop endpoint list。</translation>
    </message>
    <message>
        <source>There is an endpoint {name} already. Take another name.</source>
        <translation>已有端点 {name}。请换一个名称。</translation>
    </message>
    <message>
        <source>{name} is not a header name.</source>
        <translation>{name} 不是请求头名。</translation>
    </message>
    <message>
        <source>The value of header {name} holds a line break.</source>
        <translation>请求头 {name} 的值含有换行。</translation>
    </message>
    <message>
        <source>{name} carries a credential, which is kept in the keychain only. Give it as the key.</source>
        <translation>{name} 含有凭据，凭据只能放在钥匙串中。请把它填为密钥。</translation>
    </message>
    <message>
        <source>The time-out must lie above 0 and be at most 7200 s.</source>
        <translation>超时须大于 0 秒且不超过 7200 秒。</translation>
    </message>
    <message>
        <source>{url} is this program's own proxy, which would ask itself. Give the address of the vendor or relay.</source>
        <translation>{url} 是本程序自己的代理，会变成自己请求自己。请填写厂商或中转的地址。</translation>
    </message>
    <message>
        <source>There is no preset {name}. Known: {names}.</source>
        <translation>没有预设 {name}。现有：{names}。</translation>
    </message>
    <message>
        <source>Give the endpoint's address as in https://api.example.com/anthropic.</source>
        <translation>请填写端点的地址，例如 https://api.example.com/anthropic。</translation>
    </message>
    <message>
        <source>QCC Desktop cannot start at login from where macOS keeps it for the moment.</source>
        <translation>QCC Desktop 目前在 macOS 的临时位置，无法设为登录时启动。</translation>
    </message>
    <message>
        <source>Move it to the Applications folder and start it from there.</source>
        <translation>请把它移到“应用程序”文件夹，再从那里启动。</translation>
    </message>
    <message>
        <source>The request needs a tool that runs on Anthropic's servers, which an endpoint that speaks OpenAI's API does not have.</source>
        <translation>该请求需要在 Anthropic 服务器上运行的工具，使用 OpenAI 接口的端点没有这种工具。</translation>
    </message>
    <message>
        <source>The endpoint sent an event that is no JSON.</source>
        <translation>端点发来的事件不是 JSON。</translation>
    </message>
    <message>
        <source>The endpoint sent an event that is too long.</source>
        <translation>端点发来的事件过长。</translation>
    </message>
    <message>
        <source>The endpoint ran out of resources within its answer.</source>
        <translation>端点在回答途中资源耗尽。</translation>
    </message>
    <message>
        <source>The endpoint broke its answer off.</source>
        <translation>端点中断了回答。</translation>
    </message>
    <message>
        <source>The endpoint sent a tool call without a name.</source>
        <translation>端点发来的工具调用没有名称。</translation>
    </message>
    <message>
        <source>The endpoint sent arguments for {tool} that are no JSON object.</source>
        <translation>端点为 {tool} 发来的参数不是 JSON 对象。</translation>
    </message>
    <message>
        <source>The endpoint sent more arguments for {tool} than make an object.</source>
        <translation>端点为 {tool} 发来的参数超出了一个对象。</translation>
    </message>
    <message>
        <source>The endpoint answered, but did not use the tool it was given.</source>
        <translation>端点有应答，但没有使用给它的工具。</translation>
    </message>
    <message>
        <source>Claude Code asks for Claude's models, which this endpoint does not list. Name one of its models under Models.</source>
        <translation>Claude Code 请求的是 Claude 的模型，而此端点没有列出。请在“模型”中填写它的某个模型。</translation>
    </message>
    <message>
        <source>The endpoint refused the request.</source>
        <translation>端点拒绝了请求。</translation>
    </message>
    <message>
        <source>It was removed.</source>
        <translation>它已被移除。</translation>
    </message>
    <message>
        <source>Switched off.</source>
        <translation>已停用。</translation>
    </message>
    <message>
        <source>No endpoint can be asked. Add or enable one.</source>
        <translation>没有可用的端点。请添加或启用一个。</translation>
    </message>
    <message>
        <source>No endpoint can answer at the moment.</source>
        <translation>目前没有端点能应答。</translation>
    </message>
    <message>
        <source>The attempt was called off.</source>
        <translation>此次尝试已取消。</translation>
    </message>
    <message>
        <source>Port {port} is in use by another program.</source>
        <translation>端口 {port} 已被另一个程序占用。</translation>
    </message>
    <message>
        <source>This system does not allow listening on port {port} (it may be reserved).</source>
        <translation>系统不允许监听端口 {port}（可能是保留端口）。</translation>
    </message>
    <message>
        <source>The proxy cannot listen on port {port}: {error}.</source>
        <translation>代理无法监听端口 {port}：{error}。</translation>
    </message>
    <message>
        <source>Choose another port with: qcc-desktop config set server.port 0</source>
        <translation>换一个端口：qcc-desktop config set server.port 0</translation>
    </message>
    <message>
        <source>Choose another one with --port; 0 takes a free one.</source>
        <translation>请用 --port 换一个；0 表示任取空闲端口。</translation>
    </message>
    <message>
        <source>Port {wanted} is taken by another program; port {port} is used.</source>
        <translation>端口 {wanted} 已被另一个程序占用，改用端口 {port}。</translation>
    </message>
    <message>
        <source>The proxy listens on this computer only; use 127.0.0.1 instead of {host}.</source>
        <translation>代理只监听本机；请用 127.0.0.1 代替 {host}。</translation>
    </message>
    <message>
        <source>Start it, for Claude Code would find nobody there.</source>
        <translation>请先启动代理，否则 Claude Code 会连接不上。</translation>
    </message>
    <message>
        <source>Claude Code was not found on this computer.</source>
        <translation>本机没有找到 Claude Code。</translation>
    </message>
    <message>
        <source>Install it in a terminal: {command}</source>
        <translation>请在终端中安装：{command}</translation>
    </message>
    <message>
        <source>{program} does not start.</source>
        <translation>{program} 无法启动。</translation>
    </message>
    <message>
        <source>The stored {value} was replaced by the default, {default}.</source>
        <translation>保存的值 {value} 已换成默认值 {default}。</translation>
    </message>
    <message>
        <source>There is no option {key}.</source>
        <translation>没有选项 {key}。</translation>
    </message>
    <message>
        <source>There is no endpoint {name}.</source>
        <translation>没有端点 {name}。</translation>
    </message>
    <message>
        <source>Claude Code does not start from {path}.</source>
        <translation>{path} 的 Claude Code 无法启动。</translation>
    </message>
    <message>
        <source>There is no editor {name} on this computer.</source>
        <translation>本机没有编辑器 {name}。</translation>
    </message>
    <message>
        <source>There is no terminal {name} on this computer.</source>
        <translation>本机没有终端 {name}。</translation>
    </message>
    <message>
        <source>Those that were found: {names}.</source>
        <translation>已找到：{names}。</translation>
    </message>
    <message>
        <source>Those that were found: none.</source>
        <translation>没有找到任何一个。</translation>
    </message>
    <message>
        <source>Your organisation's settings for Claude Code set {names}, so it would go past the proxy.</source>
        <translation>组织为 Claude Code 统一设置了 {names}，它会绕过代理。</translation>
    </message>
    <message>
        <source>Ask who manages this computer.</source>
        <translation>请询问本机的管理员。</translation>
    </message>
    <message>
        <source>QCC Desktop could not be started: {error}.</source>
        <translation>无法启动 QCC Desktop：{error}。</translation>
    </message>
    <message>
        <source>Start it by hand: qcc-desktop.</source>
        <translation>请手动启动：qcc-desktop。</translation>
    </message>
    <message>
        <source>{program} could not be opened: {error}.</source>
        <translation>无法打开 {program}：{error}。</translation>
    </message>
    <message>
        <source>{program} could not be opened.</source>
        <translation>无法打开 {program}。</translation>
    </message>
    <message>
        <source>The terminal could not be opened.</source>
        <translation>无法打开终端。</translation>
    </message>
    <message>
        <source>Start {program} in a terminal to see why.</source>
        <translation>请在终端中启动 {program} 查看原因。</translation>
    </message>
    <message>
        <source>{program} cannot be started: {error}.</source>
        <translation>无法启动 {program}：{error}。</translation>
    </message>
    <message>
        <source>Check that Claude Code is installed well: claude --version.</source>
        <translation>请检查 Claude Code 是否装好：claude --version。</translation>
    </message>
    <message>
        <source>There is no screen to open a terminal on.</source>
        <translation>这里没有屏幕，无法打开终端。</translation>
    </message>
    <message>
        <source>Use 'qcc-desktop launch --here' in a terminal.</source>
        <translation>请在终端中使用 qcc-desktop launch --here。</translation>
    </message>
    <message>
        <source>{word} cannot be given to Claude Code here: {why}.</source>
        <translation>这里无法把 {word} 传给 Claude Code：{why}。</translation>
    </message>
    <message>
        <source>Leave it out, or type it when Claude Code has started.</source>
        <translation>请去掉它，或等 Claude Code 启动后再输入。</translation>
    </message>
    <message>
        <source>a batch file starts it, which takes % for a variable</source>
        <translation>它由批处理文件启动，% 会被当作变量</translation>
    </message>
    <message>
        <source>the batch file that starts it takes ! for a variable</source>
        <translation>启动它的批处理文件会把 ! 当作变量</translation>
    </message>
    <message>
        <source>cmd.exe would change it</source>
        <translation>cmd.exe 会改动它</translation>
    </message>
    <message>
        <source>Windows PowerShell loses quotation marks</source>
        <translation>Windows PowerShell 会丢掉引号</translation>
    </message>
    <message>
        <source>Windows PowerShell mixes up the backslash at its end</source>
        <translation>Windows PowerShell 会弄错末尾的反斜杠</translation>
    </message>
    <message>
        <source>Windows PowerShell drops empty words</source>
        <translation>Windows PowerShell 会丢掉空参数</translation>
    </message>
    <message>
        <source>it holds a NUL</source>
        <translation>其中含有空字符（NUL）</translation>
    </message>
    <message>
        <source>A quotation mark has no partner: {text}.</source>
        <translation>引号不成对：{text}。</translation>
    </message>
    <message>
        <source>Write it as in a shell, or without quotation marks.</source>
        <translation>请按 shell 的写法书写，或不用引号。</translation>
    </message>
    <message>
        <source>This launch is over: what was to be started is not noted any more.</source>
        <translation>此次启动已失效：要启动的内容已不再保留。</translation>
    </message>
    <message>
        <source>Launch Claude Code again.</source>
        <translation>请重新启动 Claude Code。</translation>
    </message>
    <message>
        <source>No terminal program was found.</source>
        <translation>没有找到终端程序。</translation>
    </message>
    <message>
        <source>Install one (such as xterm), name yours with 'qcc-desktop config set claude.terminal NAME', or use 'qcc-desktop launch --here'.</source>
        <translation>请安装一个（例如 xterm），或用 qcc-desktop config set claude.terminal NAME 指定，也可以使用 qcc-desktop launch --here。</translation>
    </message>
    <message>
        <source>The demo changes nothing of Claude Code's settings.</source>
        <translation>演示不会改动 Claude Code 的设置。</translation>
    </message>
    <message>
        <source>End it and start the program.</source>
        <translation>请结束演示，再启动程序。</translation>
    </message>
    <message>
        <source>{file} held a placeholder of {owner}. It will be put back only if {owner} answers then.</source>
        <translation>{file} 中原有 {owner} 的占位符。只有届时 {owner} 有应答，才会放回去。</translation>
    </message>
    <message>
        <source>{file}: the placeholder of {owner} was not put back; {owner} does not answer.</source>
        <translation>{file}：{owner} 没有应答，因此没有放回它的占位符。</translation>
    </message>
    <message>
        <source>{file} was changed by another program ({names}) and is left as it is.</source>
        <translation>{file} 被另一个程序改动过（{names}），保持原样。</translation>
    </message>
    <message>
        <source>{file}: the former {names} is no longer in the keychain.</source>
        <translation>{file}：原来的 {names} 已不在钥匙串中。</translation>
    </message>
    <message>
        <source>{file}: {names} was changed since by others, and stays.</source>
        <translation>{file}：{names} 之后被其他程序改动过，予以保留。</translation>
    </message>
    <message>
        <source>{file} leads to another QCC Desktop that runs; it is left as it is.</source>
        <translation>{file} 指向另一个正在运行的 QCC Desktop，保持原样。</translation>
    </message>
    <message>
        <source>{file}: what an earlier takeover had left was taken out.</source>
        <translation>{file}：已清除先前接管的遗留内容。</translation>
    </message>
    <message>
        <source>The set-up has not installed the new version.</source>
        <translation>安装程序没有装好新版本。</translation>
    </message>
    <message>
        <source>There is no fix {name}.</source>
        <translation>没有修复项 {name}。</translation>
    </message>
    <message>
        <source>This could not be mended: {error}.</source>
        <translation>无法修复：{error}。</translation>
    </message>
    <message>
        <source>Made private: {files}.</source>
        <translation>已设为仅本人可读：{files}。</translation>
    </message>
    <message>
        <source>Made private: Nothing; all files were private already.</source>
        <translation>没有改动：所有文件本来就只有本人可读。</translation>
    </message>
    <message>
        <source>Removed {file}; the next start writes a new one.</source>
        <translation>已删除 {file}，下次启动会重新写入。</translation>
    </message>
    <message>
        <source>Nothing was removed: the program runs, or the file is gone.</source>
        <translation>没有删除任何内容：程序正在运行，或文件已不在。</translation>
    </message>
    <message>
        <source>There is no takeover to put back here.</source>
        <translation>这里没有需要还原的接管。</translation>
    </message>
    <message>
        <source>The proxy takes port {new} from its next start on. To undo: qcc-desktop config set server.port {old}</source>
        <translation>代理下次启动时改用端口 {new}。撤销：qcc-desktop config set server.port {old}</translation>
    </message>
    <message>
        <source>{file} is trusted. To undo: qcc-desktop config set upstream.ca_file ''</source>
        <translation>已信任 {file}。撤销：qcc-desktop config set upstream.ca_file ''</translation>
    </message>
    <message>
        <source>The entry for starting at login cannot be {act}.</source>
        <translation>无法{act}登录时启动的条目。</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>A portable QCC Desktop cannot start at login on Windows.</source>
        <translation>便携版 QCC Desktop 无法在 Windows 登录时启动。</translation>
    </message>
    <message>
        <source>Start it without QCC_DESKTOP_HOME, or put a shortcut into the Startup folder.</source>
        <translation>请不带 QCC_DESKTOP_HOME 启动，或把快捷方式放入“启动”文件夹。</translation>
    </message>
    <message>
        <source>The path of the program is too long for Windows to start it at login.</source>
        <translation>程序路径过长，Windows 无法在登录时启动它。</translation>
    </message>
    <message>
        <source>Move the program to a folder with a shorter path.</source>
        <translation>请把程序移到路径较短的文件夹。</translation>
    </message>
    <message>
        <source>{place}: {said}</source>
        <translation>{place}：{said}</translation>
    </message>
</context>
<context>
    <name>FindingLook</name>
    <message>
        <source>Problems: {problems} · Notes: {notes}</source>
        <translation>问题 {problems} 个 · 提示 {notes} 条</translation>
    </message>
    <message>
        <source>No problem · Notes: {notes}</source>
        <translation>没有问题 · 提示 {notes} 条</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>一切正常。</translation>
    </message>
</context>
<context>
    <name>FindingRow</name>
    <message>
        <source>Fix it</source>
        <translation>修复</translation>
    </message>
</context>
<context>
    <name>FolderDialog</name>
    <message>
        <source>Claude Code in {folder}</source>
        <translation>{folder} 里的 Claude Code</translation>
    </message>
    <message>
        <source>As everywhere</source>
        <translation>与其他地方相同</translation>
    </message>
    <message>
        <source>Preferred endpoint</source>
        <translation>首选端点</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>More arguments for Claude Code</source>
        <translation>给 Claude Code 的附加参数</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A quotation mark has no partner. Write them as in a shell.</source>
        <translation>引号没有成对。请按 shell 的写法填写。</translation>
    </message>
</context>
<context>
    <name>FolderLook</name>
    <message>
        <source>prefers {endpoint}</source>
        <translation>首选 {endpoint}</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Launch</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Continue last session</source>
        <translation>继续上次会话</translation>
    </message>
    <message>
        <source>Resume a session…</source>
        <translation>恢复某个会话…</translation>
    </message>
    <message>
        <source>Open in {editor}</source>
        <translation>用 {editor} 打开</translation>
    </message>
    <message>
        <source>Copy command for</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Options for this folder…</source>
        <translation>此文件夹的选项…</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Open a terminal with Claude Code there</source>
        <translation>在该文件夹打开终端并运行 Claude Code</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with the last session in this folder</source>
        <translation>接着此文件夹的上次会话</translation>
    </message>
    <message>
        <source>More for {folder}</source>
        <translation>{folder} 的更多操作</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Not listening</source>
        <translation>未监听</translation>
    </message>
    <message>
        <source>Listening on {address}</source>
        <translation>正在监听 {address}</translation>
    </message>
    <message>
        <source>Continue last session in {folder}</source>
        <translation>继续 {folder} 的上次会话</translation>
    </message>
    <message>
        <source>Launch Claude Code…</source>
        <translation>启动 Claude Code…</translation>
    </message>
    <message>
        <source>Choose a folder; a terminal opens in it</source>
        <translation>选择文件夹，终端会在其中打开</translation>
    </message>
    <message>
        <source>Go on, or launch again in a folder used lately</source>
        <translation>继续会话，或在最近的文件夹再次启动</translation>
    </message>
    <message>
        <source>Copy environment</source>
        <translation>复制环境变量</translation>
    </message>
    <message>
        <source>Copy the variables for your shell</source>
        <translation>复制适合你的 shell 的环境变量</translation>
    </message>
</context>
<context>
    <name>ForgetDialog</name>
    <message>
        <source>Delete the history</source>
        <translation>删除历史记录</translation>
    </message>
    <message>
        <source>Delete everything this page shows?</source>
        <translation>删除此页显示的全部内容？</translation>
    </message>
    <message>
        <source>Requests, tokens and costs of all days are deleted for good. Endpoints, options and running sessions stay as they are.</source>
        <translation>所有日期的请求、token 和费用都会被永久删除。端点、选项和进行中的会话不受影响。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Another endpoint has this name already.</source>
        <translation>已有同名端点。</translation>
    </message>
    <message>
        <source>Give a time of at most 7200 s, or nothing.</source>
        <translation>请填不超过 7200 秒的时间，或留空。</translation>
    </message>
    <message>
        <source>Give a whole number, or nothing.</source>
        <translation>请填整数，或留空。</translation>
    </message>
    <message>
        <source>Give a whole number from 1 to 1000.</source>
        <translation>请填 1 到 1000 的整数。</translation>
    </message>
    <message>
        <source>Write one rule a line, as in: *opus* = model-name</source>
        <translation>每行写一条，例如：*opus* = 模型名</translation>
    </message>
    <message>
        <source>Write one header a line, as in: Name: value</source>
        <translation>每行写一个，例如：Name: value</translation>
    </message>
    <message>
        <source>{name} carries a credential. Give it as the key, which is kept safe.</source>
        <translation>{name} 带有凭据。请填在“密钥”里，那里会妥善保管。</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Switch the proxy on or off</source>
        <translation>打开或关闭代理</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>How does Claude Code get to my endpoints?</source>
        <translation>Claude Code 怎样用上我的端点？</translation>
    </message>
    <message>
        <source>Press Launch Claude Code and choose a folder. In a terminal of your own, paste what Copy environment puts on the clipboard, then run claude.</source>
        <translation>点“启动 Claude Code”并选择文件夹。如果用自己的终端，先粘贴“复制环境变量”得到的内容，再运行 claude。</translation>
    </message>
    <message>
        <source>What happens when an endpoint fails?</source>
        <translation>端点出故障时会怎样？</translation>
    </message>
    <message>
        <source>The next one in the list answers the same request. The one that failed is checked in the background and comes back by itself once it answers.</source>
        <translation>列表中的下一个端点接着应答同一个请求。出故障的端点会在后台检查，恢复应答后自动回来。</translation>
    </message>
    <message>
        <source>Why was a request answered by another endpoint?</source>
        <translation>请求为什么由另一个端点应答？</translation>
    </message>
    <message>
        <source>Open the request: it shows every endpoint considered, and why it was passed.</source>
        <translation>打开该请求：里面列出考虑过的每个端点，以及跳过它的原因。</translation>
    </message>
    <message>
        <source>An endpoint refuses its key. What now?</source>
        <translation>端点不接受密钥怎么办？</translation>
    </message>
    <message>
        <source>Where are my keys?</source>
        <translation>我的密钥存在哪里？</translation>
    </message>
    <message>
        <source>In the keychain of this computer. Where there is none, in a file that only you can read. They are never in a log or a report.</source>
        <translation>存在本机的钥匙串里；没有钥匙串时，存在只有你能读取的文件里。日志和报告中绝不会出现密钥。</translation>
    </message>
    <message>
        <source>The port is taken by another program.</source>
        <translation>端口被其他程序占用。</translation>
    </message>
    <message>
        <source>Choose another port in the settings; 0 takes a free one at every start.</source>
        <translation>在设置中换一个端口；填 0 则每次启动时自动选用空闲端口。</translation>
    </message>
    <message>
        <source>Open a page, in the order of the list</source>
        <translation>按列表顺序打开页面</translation>
    </message>
    <message>
        <source>Search in the page, where it can be searched</source>
        <translation>在可搜索的页面中搜索</translation>
    </message>
    <message>
        <source>Add an endpoint</source>
        <translation>添加端点</translation>
    </message>
    <message>
        <source>Close a dialog, empty a search</source>
        <translation>关闭对话框，清空搜索</translation>
    </message>
    <message>
        <source>Add endpoints from what was copied</source>
        <translation>用复制的内容添加端点</translation>
    </message>
    <message>
        <source>Edit the endpoint, paste a new key and press Save. It is used again at once. If the old key works again, press Test.</source>
        <translation>编辑该端点，粘贴新密钥并点“保存”，立即重新启用。如果原来的密钥又可用了，点“测试”即可。</translation>
    </message>
    <message>
        <source>Undo the removal of an endpoint</source>
        <translation>撤销移除端点</translation>
    </message>
    <message>
        <source>Move the selected endpoints in the order</source>
        <translation>调整所选端点的顺序</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>打开设置</translation>
    </message>
    <message>
        <source>Open this page</source>
        <translation>打开本页</translation>
    </message>
    <message>
        <source>Close the window; the proxy goes on</source>
        <translation>关闭窗口，代理继续运行</translation>
    </message>
    <message>
        <source>Quit, once running answers are complete</source>
        <translation>等正在进行的应答完成后退出</translation>
    </message>
    <message>
        <source>Go to the next field or button</source>
        <translation>转到下一个输入框或按钮</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>This build carries no manual.</source>
        <translation>这个构建没有附带手册。</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>手册</translation>
    </message>
    <message>
        <source>Its package carries no text.</source>
        <translation>其软件包未附许可证全文。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>The diagnostics are on the clipboard.</source>
        <translation>诊断信息已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The end of the log is on the clipboard.</source>
        <translation>日志末尾已复制到剪贴板。</translation>
    </message>
    <message>
        <source>There is no log yet.</source>
        <translation>还没有日志。</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Open the manual</source>
        <translation>打开手册</translation>
    </message>
    <message>
        <source>Something does not work</source>
        <translation>遇到问题</translation>
    </message>
    <message>
        <source>Hand in the diagnostics with your report: versions, options, states and the end of the log. Keys and other secrets are taken out.</source>
        <translation>反馈问题时请附上诊断信息：版本、选项、状态和日志末尾。密钥等机密内容已去除。</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>Copy log</source>
        <translation>复制日志</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Read more</source>
        <translation>了解更多</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>The disk is full. New figures are kept in memory until there is room.</source>
        <translation>磁盘已满。有空间之前，新的用量只保存在内存中。</translation>
    </message>
    <message>
        <source>The history's file cannot be written. New figures are kept in memory, and are lost when the program ends.</source>
        <translation>历史记录文件无法写入。新的用量只保存在内存中，程序退出后就会丢失。</translation>
    </message>
    <message>
        <source>Another program holds the history's file. New figures are kept in memory until it lets go.</source>
        <translation>另一个程序占用着历史记录文件。在它放开之前，新的用量只保存在内存中。</translation>
    </message>
    <message>
        <source>A newer version of QCC Desktop wrote the history. It is left alone; these are the figures since the start of the program.</source>
        <translation>历史记录由更新版本的 QCC Desktop 写入，这里不去改动；显示的是本次启动以来的用量。</translation>
    </message>
    <message>
        <source>The history was damaged and begins anew. The old file is kept beside it.</source>
        <translation>历史记录已损坏，现已重新开始；旧文件保留在同一文件夹中。</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>{source} ({place})</source>
        <translation>{source}（{place}）</translation>
    </message>
    <message>
        <source>{place}: {sentence}</source>
        <translation>{place}：{sentence}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Import 1 endpoint</source>
        <translation>导入 1 个端点</translation>
    </message>
    <message>
        <source>Import {count} endpoints</source>
        <translation>导入 {count} 个端点</translation>
    </message>
    <message>
        <source>No endpoint was imported.</source>
        <translation>没有导入任何端点。</translation>
    </message>
    <message>
        <source>{name} was imported.</source>
        <translation>已导入“{name}”。</translation>
    </message>
    <message>
        <source>{count} endpoints were imported.</source>
        <translation>已导入 {count} 个端点。</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>Settings changed</source>
        <translation>已更改的设置</translation>
    </message>
    <message>
        <source>Left as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Not imported</source>
        <translation>未导入</translation>
    </message>
    <message>
        <source>{name}: {reason}</source>
        <translation>{name}：{reason}</translation>
    </message>
    <message>
        <source>Some of these endpoints have models of their own in the place of Claude's.</source>
        <translation>其中一些端点用自己的模型代替 Claude 的模型。</translation>
    </message>
    <message>
        <source>It has no key. Add the endpoint by hand, with its key.</source>
        <translation>没有密钥。请手动添加该端点并填写密钥。</translation>
    </message>
    <message>
        <source>It has no address.</source>
        <translation>没有地址。</translation>
    </message>
    <message>
        <source>Its address or key is not text, or far too long.</source>
        <translation>地址或密钥不是文本，或者过长。</translation>
    </message>
    <message>
        <source>It is not stored the way the program stores an entry.</source>
        <translation>它的存放方式与该程序的条目不符。</translation>
    </message>
    <message>
        <source>It leads to a proxy on this computer, not to an endpoint, so it is left out.</source>
        <translation>它指向本机上的代理，而不是端点，因此不导入。</translation>
    </message>
    <message>
        <source>Only the first 500 entries are shown.</source>
        <translation>只显示前 500 项。</translation>
    </message>
    <message>
        <source>Claude Code asks a program for the key (apiKeyHelper), which was not run. Add the endpoint by hand, with its key.</source>
        <translation>Claude Code 通过一个程序取得密钥（apiKeyHelper），这里没有运行它。请手动添加端点并填写密钥。</translation>
    </message>
    <message>
        <source>The variables in this file are not stored as an object.</source>
        <translation>此文件中的变量不是以对象形式存放的。</translation>
    </message>
    <message>
        <source>This database is damaged or in use. Close cc-switch and try again.</source>
        <translation>数据库已损坏或正在使用。请关闭 cc-switch 后重试。</translation>
    </message>
    <message>
        <source>cc-switch has changes that are not in its file yet. Close it to see them here.</source>
        <translation>cc-switch 还有改动没有写入文件。关闭它之后才能在这里看到。</translation>
    </message>
    <message>
        <source>It uses a login, not a key. Only endpoints with a key can be taken over.</source>
        <translation>它用的是登录而不是密钥。只能导入带密钥的端点。</translation>
    </message>
    <message>
        <source>It speaks neither Anthropic's protocol nor OpenAI's Chat Completions.</source>
        <translation>它使用的既不是 Anthropic 接口，也不是 OpenAI 的 Chat Completions。</translation>
    </message>
    <message>
        <source>the environment</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>You may not read this file. Change its permissions.</source>
        <translation>没有读取此文件的权限。请修改它的权限。</translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation>这不是文件。</translation>
    </message>
    <message>
        <source>This file is larger than 16 MB, so it was not read.</source>
        <translation>此文件超过 16 MB，没有读取。</translation>
    </message>
    <message>
        <source>This file is not text.</source>
        <translation>此文件不是文本。</translation>
    </message>
    <message>
        <source>This file is broken: it is not JSON.</source>
        <translation>此文件已损坏：不是 JSON。</translation>
    </message>
    <message>
        <source>This file is not what the program writes.</source>
        <translation>此文件的内容不像是该程序写的。</translation>
    </message>
    <message>
        <source>This file could not be read.</source>
        <translation>无法读取此文件。</translation>
    </message>
    <message>
        <source>QCC asks for this model whatever Claude Code asks for.</source>
        <translation>无论 Claude Code 请求哪个模型，QCC 都改用这个模型。</translation>
    </message>
    <message>
        <source>Comments or trailing commas are in this file; Claude Code itself loads none of it.</source>
        <translation>此文件含有注释或多余的逗号；Claude Code 本身完全不会读取它。</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>It is here already, as {name}.</source>
        <translation>已经有了，名为“{name}”。</translation>
    </message>
    <message>
        <source>The same endpoint as {name}.</source>
        <translation>与“{name}”是同一个端点。</translation>
    </message>
    <message>
        <source>{option}: {value}</source>
        <translation>{option}：{value}</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Import endpoints</source>
        <translation>导入端点</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>在本机找到的端点</translation>
    </message>
    <message>
        <source>Undo import</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>Remove what was added</source>
        <translation>移除刚添加的端点</translation>
    </message>
    <message>
        <source>Launch Claude Code…</source>
        <translation>启动 Claude Code…</translation>
    </message>
    <message>
        <source>Choose a folder; a terminal opens in it</source>
        <translation>选择文件夹，将在其中打开终端</translation>
    </message>
</context>
<context>
    <name>InstallCard</name>
    <message>
        <source>The program of Claude Code</source>
        <translation>Claude Code 的程序文件</translation>
    </message>
    <message>
        <source>Claude Code is being installed in a terminal.</source>
        <translation>正在终端里安装 Claude Code。</translation>
    </message>
    <message>
        <source>When it is done, come back here or look again.</source>
        <translation>装好后回到这里，或点“重新查找”。</translation>
    </message>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>命令已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Claude Code to launch</source>
        <translation>要启动的 Claude Code</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>Search this computer for Claude Code</source>
        <translation>在本机查找 Claude Code</translation>
    </message>
    <message>
        <source>Choose a program…</source>
        <translation>选择程序…</translation>
    </message>
    <message>
        <source>Launch a Claude Code that was not found</source>
        <translation>启动未被找到的 Claude Code</translation>
    </message>
    <message>
        <source>Install Claude Code</source>
        <translation>安装 Claude Code</translation>
    </message>
    <message>
        <source>Run this command in a terminal</source>
        <translation>在终端里运行这条命令</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
</context>
<context>
    <name>Installation</name>
    <message>
        <source>Anthropic's installer</source>
        <translation>Anthropic 安装程序</translation>
    </message>
    <message>
        <source>npm, in Claude Code's own folder</source>
        <translation>npm，在 Claude Code 自己的文件夹中</translation>
    </message>
    <message>
        <source>the system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>the Claude app</source>
        <translation>Claude 应用</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>It is a link to a file that is not there.</source>
        <translation>它是一个链接，指向的文件已不存在。</translation>
    </message>
    <message>
        <source>The program that it starts is not there.</source>
        <translation>它要启动的程序已不存在。</translation>
    </message>
    <message>
        <source>It was installed without its program. Install it again, scripts allowed.</source>
        <translation>安装时缺少程序本体。请重新安装，并允许运行安装脚本。</translation>
    </message>
    <message>
        <source>It needs Node.js, which was not found.</source>
        <translation>它需要 Node.js，但没有找到。</translation>
    </message>
    <message>
        <source>The version manager that starts it was not found.</source>
        <translation>没有找到负责启动它的版本管理器。</translation>
    </message>
    <message>
        <source>It may not be run: its file mode forbids it.</source>
        <translation>没有运行它的权限：文件权限不允许。</translation>
    </message>
    <message>
        <source>It cannot be read: access is denied.</source>
        <translation>无法读取：访问被拒绝。</translation>
    </message>
    <message>
        <source>It runs inside WSL, from where the proxy is not always reachable.</source>
        <translation>它在 WSL 中运行，从那里不一定能连到代理。</translation>
    </message>
</context>
<context>
    <name>InstallationLook</name>
    <message>
        <source>Claude Code was not found on this computer.</source>
        <translation>本机没有找到 Claude Code。</translation>
    </message>
    <message>
        <source>The first found: {which}</source>
        <translation>找到的第一个：{which}</translation>
    </message>
    <message>
        <source>version unknown</source>
        <translation>版本未知</translation>
    </message>
</context>
<context>
    <name>LaunchCard</name>
    <message>
        <source>The command is on the clipboard.</source>
        <translation>命令已复制到剪贴板。</translation>
    </message>
    <message>
        <source>No folder yet. Choose one, or drop a folder on this window.</source>
        <translation>还没有文件夹。请选择一个，或把文件夹拖到这个窗口。</translation>
    </message>
    <message>
        <source>There is no endpoint yet that could answer.</source>
        <translation>还没有可以应答的端点。</translation>
    </message>
    <message>
        <source>Add an endpoint</source>
        <translation>添加端点</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>This desktop shows no tray icons, so this window stays.</source>
        <translation>此桌面不显示托盘图标，所以保留本窗口。</translation>
    </message>
    <message>
        <source>Closing it puts it into the task bar; the proxy goes on.</source>
        <translation>关闭窗口会收到任务栏，代理继续运行。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Import endpoints…</source>
        <translation>导入端点…</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Not used yet</source>
        <translation>尚未使用</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>缺少密钥</translation>
    </message>
    <message>
        <source>Degraded</source>
        <translation>欠佳</translation>
    </message>
    <message>
        <source>Cooling down</source>
        <translation>冷却中</translation>
    </message>
    <message>
        <source>Circuit open</source>
        <translation>已熔断</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已停用</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>OfferList</name>
    <message>
        <source>Endpoints found</source>
        <translation>找到的端点</translation>
    </message>
</context>
<context>
    <name>OfferView</name>
    <message>
        <source>Everything that can be imported is here already.</source>
        <translation>能导入的端点都已经有了。</translation>
    </message>
    <message>
        <source>None of what was found can be imported.</source>
        <translation>找到的内容都无法导入。</translation>
    </message>
    <message>
        <source>Nothing to import: QCC, cc-switch, the variables of this session and Claude Code's settings hold no endpoint.</source>
        <translation>没有可导入的内容：QCC、cc-switch、当前会话的环境变量和 Claude Code 的设置里都没有端点。</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>The files of the other programs are only read; nothing in them is changed.</source>
        <translation>只读取其他程序的文件，不会改动其中任何内容。</translation>
    </message>
    <message>
        <source>Take over these settings too</source>
        <translation>同时沿用这些设置</translation>
    </message>
    <message>
        <source>Looking for endpoints on this computer</source>
        <translation>正在查找本机上的端点</translation>
    </message>
</context>
<context>
    <name>OptionRow</name>
    <message>
        <source>Back to {value}</source>
        <translation>恢复为 {value}</translation>
    </message>
    <message>
        <source>In force once the proxy starts again.</source>
        <translation>代理重新启动后生效。</translation>
    </message>
    <message>
        <source>Restart it now</source>
        <translation>立即重启</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Median time to the first token, and share of good answers.</source>
        <translation>首字延迟的中位数，以及成功应答的比例。</translation>
    </message>
    <message>
        <source>{count} a minute now</source>
        <translation>现在每分钟 {count} 次</translation>
    </message>
    <message>
        <source>median {half}</source>
        <translation>中位数 {half}</translation>
    </message>
    <message>
        <source>95 % within {most}</source>
        <translation>95% 在 {most}内</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>All {count} endpoints</source>
        <translation>全部 {count} 个端点</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>首字延迟</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>None yet. A session appears with its first request through the proxy.</source>
        <translation>还没有。会话会在第一个请求经过代理时出现。</translation>
    </message>
</context>
<context>
    <name>PasteDialog</name>
    <message>
        <source>Add endpoints</source>
        <translation>添加端点</translation>
    </message>
    <message>
        <source>Endpoints found</source>
        <translation>找到的端点</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>添加 {count} 个</translation>
    </message>
</context>
<context>
    <name>PasteWords</name>
    <message>
        <source>environment variables</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>settings of Claude Code</source>
        <translation>Claude Code 的设置</translation>
    </message>
    <message>
        <source>a configuration of QCC</source>
        <translation>QCC 的配置</translation>
    </message>
    <message>
        <source>a configuration of cc-switch</source>
        <translation>cc-switch 的配置</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>a curl command</source>
        <translation>curl 命令</translation>
    </message>
    <message>
        <source>a link of cc-switch</source>
        <translation>cc-switch 链接</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>{count} endpoints were found, in {kind}.</source>
        <translation>在{kind}中找到 {count} 个端点。</translation>
    </message>
    <message>
        <source>A key was found. Its address is missing.</source>
        <translation>找到了密钥，还缺地址。</translation>
    </message>
    <message>
        <source>Read from {kind}. The key is missing.</source>
        <translation>已从{kind}读取，还缺密钥。</translation>
    </message>
    <message>
        <source>Read from {kind}: address and key.</source>
        <translation>已从{kind}读取地址和密钥。</translation>
    </message>
    <message>
        <source>There is no endpoint in the copied text.</source>
        <translation>复制的内容里没有端点。</translation>
    </message>
    <message>
        <source>Copy an address with its key: export lines, a settings file, JSON or a curl command.</source>
        <translation>请复制带密钥的地址：export 语句、设置文件、JSON 或 curl 命令。</translation>
    </message>
    <message>
        <source>{name} · without a key · {address}</source>
        <translation>{name} · 无密钥 · {address}</translation>
    </message>
    <message>
        <source>{file} cannot be read.</source>
        <translation>无法读取 {file}。</translation>
    </message>
    <message>
        <source>Look at its permissions, or copy its text.</source>
        <translation>请检查它的权限，或直接复制其中的文字。</translation>
    </message>
    <message>
        <source>{count} endpoints were added.</source>
        <translation>已添加 {count} 个端点。</translation>
    </message>
</context>
<context>
    <name>Ready</name>
    <message>
        <source>Ready: launch Claude Code.</source>
        <translation>一切就绪，可以启动 Claude Code 了。</translation>
    </message>
    <message>
        <source>Choose a folder; a terminal opens in it, and its requests go here.</source>
        <translation>选择一个文件夹，将在其中打开终端，它的请求会经过这里。</translation>
    </message>
    <message>
        <source>Launch…</source>
        <translation>启动…</translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message>
        <source>First token</source>
        <translation>首字延迟</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>应答</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流式输出</translation>
    </message>
    <message>
        <source>Tool use</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>Token count</source>
        <translation>token 计数</translation>
    </message>
    <message>
        <source>Model list</source>
        <translation>模型列表</translation>
    </message>
    <message>
        <source>The endpoint answered, but did not use the tool it was given.</source>
        <translation>端点有应答，但没有使用给它的工具。</translation>
    </message>
    <message>
        <source>not offered, not needed</source>
        <translation>不提供，不影响使用</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未测</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} 个模型</translation>
    </message>
    <message>
        <source>{check}: {value}</source>
        <translation>{check}：{value}</translation>
    </message>
    <message>
        <source>Not well</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Well · {time}</source>
        <translation>正常 · {time}</translation>
    </message>
    <message>
        <source>{check}: no. {message}</source>
        <translation>{check}：否。{message}</translation>
    </message>
</context>
<context>
    <name>RequestDetail</name>
    <message>
        <source>Choose a request to see where it went, and why.</source>
        <translation>选择一个请求，查看它去了哪里、为什么。</translation>
    </message>
    <message>
        <source>Copy it as text for an issue; names, folders and keys are left out</source>
        <translation>复制为问题报告文本；不含名称、文件夹和密钥</translation>
    </message>
    <message>
        <source>Copy for an issue</source>
        <translation>复制用于反馈</translation>
    </message>
    <message>
        <source>Show the session</source>
        <translation>查看会话</translation>
    </message>
    <message>
        <source>The chosen request</source>
        <translation>所选请求</translation>
    </message>
</context>
<context>
    <name>Requests</name>
    <message>
        <source>{session} · subagent</source>
        <translation>{session} · 子代理</translation>
    </message>
    <message>
        <source>No token counts were reported.</source>
        <translation>没有报告 token 数。</translation>
    </message>
    <message>
        <source>{new} new, {read} from the cache, {written} into the cache, {out} written.</source>
        <translation>新输入 {new}，读缓存 {read}，写缓存 {written}，输出 {out}。</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>Answered, end mended</source>
        <translation>已应答，结尾已补全</translation>
    </message>
    <message>
        <source>Refused as asked</source>
        <translation>请求本身被拒</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Broke off</source>
        <translation>中途断开</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Answered by another</source>
        <translation>由其他端点应答</translation>
    </message>
    <message>
        <source>passing trouble</source>
        <translation>暂时故障</translation>
    </message>
    <message>
        <source>rate limit</source>
        <translation>限流</translation>
    </message>
    <message>
        <source>key refused</source>
        <translation>密钥被拒</translation>
    </message>
    <message>
        <source>quota used up</source>
        <translation>额度用完</translation>
    </message>
    <message>
        <source>cannot do it</source>
        <translation>无法处理</translation>
    </message>
    <message>
        <source>unknown trouble</source>
        <translation>未知故障</translation>
    </message>
    <message>
        <source>the request itself</source>
        <translation>请求本身</translation>
    </message>
    <message>
        <source>ended by Claude Code</source>
        <translation>由 Claude Code 结束</translation>
    </message>
    <message>
        <source>{endpoint} answered in {time}.</source>
        <translation>{endpoint} 在 {time}内应答。</translation>
    </message>
    <message>
        <source>{first} could not answer ({reason}), so {endpoint} did. The detour took {time}; Claude Code did not notice.</source>
        <translation>{first} 无法应答（{reason}），由 {endpoint} 应答。绕行耗时 {time}，Claude Code 毫无察觉。</translation>
    </message>
    <message>
        <source>{endpoint} broke off after its last word; the end was added, so that nothing is missing.</source>
        <translation>{endpoint} 说完最后一个字后断开；结尾已补上，内容完整。</translation>
    </message>
    <message>
        <source>No endpoint has begun to answer yet.</source>
        <translation>还没有端点开始应答。</translation>
    </message>
    <message>
        <source>{endpoint} is answering.</source>
        <translation>{endpoint} 正在应答。</translation>
    </message>
    <message>
        <source>The request itself was refused: {reason} Any other endpoint would refuse it too, so none was asked and none is blamed.</source>
        <translation>请求本身被拒绝：{reason}其他端点同样会拒绝，因此没有再问，也不归咎于任何端点。</translation>
    </message>
    <message>
        <source>No endpoint could be asked: each was out. The list below says why.</source>
        <translation>没有端点可问：全都不可用。原因见下表。</translation>
    </message>
    <message>
        <source>No endpoint could answer. {reasons}</source>
        <translation>没有端点能应答。{reasons}</translation>
    </message>
    <message>
        <source>{endpoint} broke off in the middle of its answer. Claude Code had seen the beginning, so no other endpoint could go on; it was told and asks again by itself.</source>
        <translation>{endpoint} 应答到一半断开。Claude Code 已看到开头，其他端点无法接着说；它已得知并会自行重试。</translation>
    </message>
    <message>
        <source>Claude Code ended the request before the answer was complete.</source>
        <translation>应答完成之前，Claude Code 结束了请求。</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>was being asked when Claude Code ended the request</source>
        <translation>正在询问时，Claude Code 结束了请求</translation>
    </message>
    <message>
        <source>not asked: {reason}</source>
        <translation>未询问：{reason}</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首字</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>No request fits this filter.</source>
        <translation>没有符合筛选条件的请求。</translation>
    </message>
    <message>
        <source>No request yet. Launch Claude Code and ask it something.</source>
        <translation>还没有请求。启动 Claude Code，问它点什么。</translation>
    </message>
    <message>
        <source>The request is in the clipboard, without secrets.</source>
        <translation>请求已复制到剪贴板，不含任何密钥。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>All requests</source>
        <translation>全部请求</translation>
    </message>
    <message>
        <source>Answered by another</source>
        <translation>由其他端点应答</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Which requests</source>
        <translation>显示哪些请求</translation>
    </message>
    <message>
        <source>Search requests</source>
        <translation>搜索请求</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>not bound</source>
        <translation>未绑定</translation>
    </message>
    <message>
        <source>Subagent {name}</source>
        <translation>子代理 {name}</translation>
    </message>
    <message>
        <source>{here} · pinned: {pinned}</source>
        <translation>{here} · 固定：{pinned}</translation>
    </message>
    <message>
        <source>Pinned to {pinned} from its next request on.</source>
        <translation>从下一个请求起固定到 {pinned}。</translation>
    </message>
    <message>
        <source>Pinned to {pinned}, which is out; {here} answers.</source>
        <translation>已固定到 {pinned}，但它不可用；由 {here} 应答。</translation>
    </message>
    <message>
        <source>Pinned to {pinned}.</source>
        <translation>已固定到 {pinned}。</translation>
    </message>
    <message>
        <source>Its next turn is routed anew.</source>
        <translation>下一轮将重新选择端点。</translation>
    </message>
    <message>
        <source>Moved here from {home} by failover; it goes back after a pause.</source>
        <translation>因故障从 {home} 转来；停顿之后会回去。</translation>
    </message>
    <message>
        <source>Stays here while its prompt cache is warm.</source>
        <translation>提示缓存有效期间留在这里。</translation>
    </message>
    <message>
        <source>No token counts were reported.</source>
        <translation>没有报告 token 数。</translation>
    </message>
    <message>
        <source>{new} new, {read} from the cache, {written} into the cache, {out} written.</source>
        <translation>新输入 {new}，读缓存 {read}，写缓存 {written}，输出 {out}。</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
</context>
<context>
    <name>SessionsPage</name>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>缓存命中</translation>
    </message>
    <message>
        <source>Share of the input that the endpoint had in its prompt cache.</source>
        <translation>输入中命中端点提示缓存的比例。</translation>
    </message>
    <message>
        <source>Last activity</source>
        <translation>最近活动</translation>
    </message>
    <message>
        <source>No session fits this search.</source>
        <translation>没有符合的会话。</translation>
    </message>
    <message>
        <source>No session yet. One appears with its first request through the proxy.</source>
        <translation>还没有会话。第一个请求经过代理时就会出现。</translation>
    </message>
    <message>
        <source>Not pinned</source>
        <translation>不固定</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Pin to</source>
        <translation>固定到</translation>
    </message>
    <message>
        <source>Ask this endpoint first for the session, until taken back</source>
        <translation>此会话优先问这个端点，直到取消</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移到</translation>
    </message>
    <message>
        <source>Go on at another endpoint; its prompt cache is cold there</source>
        <translation>换到另一端点继续；那里的提示缓存是冷的</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>解除绑定</translation>
    </message>
    <message>
        <source>Forget where it is bound; its next turn is routed anew</source>
        <translation>忘记绑定；下一轮重新选择端点</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Show the requests of this session</source>
        <translation>查看此会话的请求</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>搜索会话</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Which of several healthy endpoints is asked first.</source>
        <translation>多个端点都正常时，先用哪一个。</translation>
    </message>
    <message>
        <source>Endpoints per request</source>
        <translation>每个请求尝试的端点数</translation>
    </message>
    <message>
        <source>How many endpoints one request may try.</source>
        <translation>一个请求最多尝试几个端点。</translation>
    </message>
    <message>
        <source>Connect time-out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>How long a connection to an endpoint may take.</source>
        <translation>连接端点最多等多久。</translation>
    </message>
    <message>
        <source>First-byte time-out</source>
        <translation>首字节超时</translation>
    </message>
    <message>
        <source>How long an endpoint may take to begin its answer while others remain; the last one gets five times as long.</source>
        <translation>还有其他端点可用时，等待端点开始应答的最长时间；最后一个端点等五倍的时间。</translation>
    </message>
    <message>
        <source>Stream idle time-out</source>
        <translation>流静默超时</translation>
    </message>
    <message>
        <source>How long a running answer may stay silent.</source>
        <translation>应答过程中最长可以停顿多久。</translation>
    </message>
    <message>
        <source>Total time-out</source>
        <translation>总超时</translation>
    </message>
    <message>
        <source>How long an answer that is not streamed may take in all.</source>
        <translation>非流式应答总共最多等多久。</translation>
    </message>
    <message>
        <source>Failures until the circuit opens</source>
        <translation>熔断前的失败次数</translation>
    </message>
    <message>
        <source>Consecutive failures after which an endpoint is left out. An overload (529) counts half, a rate limit (429) does not count.</source>
        <translation>连续失败多少次后暂停使用该端点。过载（529）算半次，限流（429）不计。</translation>
    </message>
    <message>
        <source>Open circuit lasts</source>
        <translation>熔断时长</translation>
    </message>
    <message>
        <source>After this time one trial request is let through.</source>
        <translation>过了这段时间放行一个试探请求。</translation>
    </message>
    <message>
        <source>Session memory</source>
        <translation>会话保持</translation>
    </message>
    <message>
        <source>How long an idle session stays bound to its endpoint.</source>
        <translation>空闲的会话与端点保持绑定多久。</translation>
    </message>
    <message>
        <source>Session clean-up</source>
        <translation>会话清理</translation>
    </message>
    <message>
        <source>How often expired sessions are forgotten.</source>
        <translation>多久清理一次过期会话。</translation>
    </message>
    <message>
        <source>Connections per endpoint</source>
        <translation>每个端点的连接数</translation>
    </message>
    <message>
        <source>At most so many connections are open to one endpoint.</source>
        <translation>到一个端点最多同时打开的连接数。</translation>
    </message>
    <message>
        <source>Connections kept alive</source>
        <translation>保持的连接数</translation>
    </message>
    <message>
        <source>At most so many idle connections are kept.</source>
        <translation>最多保留的空闲连接数。</translation>
    </message>
    <message>
        <source>Keep-alive time</source>
        <translation>连接保持时间</translation>
    </message>
    <message>
        <source>How long an idle connection is kept.</source>
        <translation>空闲连接保留多久。</translation>
    </message>
    <message>
        <source>Background check</source>
        <translation>后台检查</translation>
    </message>
    <message>
        <source>How an endpoint that failed is verified before it gets requests again: a tiny conversation (costs a few tokens), the model list, or a connection only.</source>
        <translation>出错的端点恢复使用前如何验证：一次极短的对话（消耗少量 token）、查询模型列表，或仅建立连接。</translation>
    </message>
    <message>
        <source>Background check interval</source>
        <translation>后台检查间隔</translation>
    </message>
    <message>
        <source>How long to wait between checks; grows while they fail.</source>
        <translation>两次检查之间等多久；持续失败时会加长。</translation>
    </message>
    <message>
        <source>Extra certificate file</source>
        <translation>附加证书文件</translation>
    </message>
    <message>
        <source>A PEM file with private certificate authorities, beside the system's.</source>
        <translation>除系统证书外，另用的私有 CA 证书（PEM 文件）。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Where the proxy listens on this computer; 0 takes a free one.</source>
        <translation>代理在本机监听的端口，0 表示自动选择。</translation>
    </message>
    <message>
        <source>Largest request</source>
        <translation>请求大小上限</translation>
    </message>
    <message>
        <source>Larger request bodies are answered with 413.</source>
        <translation>超过时返回 413。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pass the requested model on, replace it by one model, or use each endpoint's map.</source>
        <translation>原样转发所请求的模型、统一替换，或按各端点的映射转换。</translation>
    </message>
    <message>
        <source>Replacement model</source>
        <translation>替换模型</translation>
    </message>
    <message>
        <source>The model that every request gets in override mode.</source>
        <translation>替换模式下所有请求使用的模型。</translation>
    </message>
    <message>
        <source>Log error bodies</source>
        <translation>记录错误正文</translation>
    </message>
    <message>
        <source>Write the first 2 KB of an endpoint's error body to the log, secrets removed; never a request or an answer.</source>
        <translation>把端点错误正文的前 2 KB 去掉密钥后写入日志；绝不记录请求和应答。</translation>
    </message>
    <message>
        <source>Keep history</source>
        <translation>历史保留</translation>
    </message>
    <message>
        <source>Usage and rotated logs older than this are deleted.</source>
        <translation>比这更早的用量记录和日志会被删除。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the interface.</source>
        <translation>界面语言。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Light or dark, or as the system has it.</source>
        <translation>浅色、深色或跟随系统。</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>No pulse of the icon while requests run.</source>
        <translation>有请求时图标不闪动。</translation>
    </message>
    <message>
        <source>Click on the tray icon</source>
        <translation>点击托盘图标</translation>
    </message>
    <message>
        <source>Opens and closes the window, or switches the proxy on and off.</source>
        <translation>打开和关闭窗口，或者开关代理。</translation>
    </message>
    <message>
        <source>Another endpoint took over</source>
        <translation>已由其他端点接替</translation>
    </message>
    <message>
        <source>A message when requests go to another endpoint.</source>
        <translation>请求转到其他端点时提示。</translation>
    </message>
    <message>
        <source>An endpoint is back</source>
        <translation>端点已恢复</translation>
    </message>
    <message>
        <source>A message when an endpoint answers again.</source>
        <translation>端点恢复应答时提示。</translation>
    </message>
    <message>
        <source>No endpoint can answer</source>
        <translation>没有端点可以应答</translation>
    </message>
    <message>
        <source>A message when Claude Code gets no answer any more.</source>
        <translation>Claude Code 得不到任何应答时提示。</translation>
    </message>
    <message>
        <source>A key was refused</source>
        <translation>密钥被拒绝</translation>
    </message>
    <message>
        <source>A message when an endpoint does not take its key.</source>
        <translation>端点拒绝其密钥时提示。</translation>
    </message>
    <message>
        <source>A quota is used up</source>
        <translation>额度已用完</translation>
    </message>
    <message>
        <source>A message when money or quota of an endpoint ends.</source>
        <translation>端点的余额或额度用完时提示。</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰开始</translation>
    </message>
    <message>
        <source>No messages from this time of day (22:00); empty: messages at any time.</source>
        <translation>从这个时刻起不提示（如 22:00）；留空则随时提示。</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>免打扰结束</translation>
    </message>
    <message>
        <source>Messages again from this time of day (07:30).</source>
        <translation>从这个时刻起恢复提示（如 07:30）。</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>检查更新</translation>
    </message>
    <message>
        <source>Ask once a day whether there is a newer version; nothing else is sent.</source>
        <translation>每天查询一次有没有新版本，不发送任何其他内容。</translation>
    </message>
    <message>
        <source>Claude Code program</source>
        <translation>Claude Code 程序</translation>
    </message>
    <message>
        <source>Which of several installed ones is launched; empty takes the first found.</source>
        <translation>装有多个时启动哪一个；留空则用最先找到的。</translation>
    </message>
    <message>
        <source>Extra arguments</source>
        <translation>附加参数</translation>
    </message>
    <message>
        <source>Given to Claude Code at every launch, written as on a command line.</source>
        <translation>每次启动 Claude Code 时传给它，写法与命令行相同。</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>The terminal that Claude Code opens in; empty takes the system's.</source>
        <translation>用哪个终端打开 Claude Code，留空则用系统默认的。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation>没有这样的设置。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Circuit breaker</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>Connections to endpoints</source>
        <translation>到端点的连接</translation>
    </message>
    <message>
        <source>Proxy on this computer</source>
        <translation>本机代理</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Pass on as asked</source>
        <translation>原样转发</translation>
    </message>
    <message>
        <source>Replace by one model</source>
        <translation>统一换成一个模型</translation>
    </message>
    <message>
        <source>Each endpoint's own map</source>
        <translation>按各端点的对照表</translation>
    </message>
    <message>
        <source>A tiny conversation</source>
        <translation>一段极短的对话</translation>
    </message>
    <message>
        <source>The model list (free)</source>
        <translation>模型列表（免费）</translation>
    </message>
    <message>
        <source>A connection only (free)</source>
        <translation>仅建立连接（免费）</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Opens the window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <source>Switches the proxy</source>
        <translation>开关代理</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>A time of day such as 22:00, or empty.</source>
        <translation>一个时刻，如 22:00，或留空。</translation>
    </message>
    <message>
        <source>{label} must be a time of day such as 22:00, or empty.</source>
        <translation>“{label}”必须是像 22:00 这样的时刻，或留空。</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>{count} out</source>
        <translation>{count} 个不可用</translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>{count} 个正在运行</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用量</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>StartRow</name>
    <message>
        <source>At login another copy is started: {command}</source>
        <translation>登录时启动的是另一个副本：{command}</translation>
    </message>
    <message>
        <source>It was switched off with the system's own settings.</source>
        <translation>已在系统设置中关闭。</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>The program starts with your session and stays in the tray.</source>
        <translation>程序随登录启动，并留在托盘中。</translation>
    </message>
</context>
<context>
    <name>Takeover</name>
    <message>
        <source>It leads Claude Code to the proxy.</source>
        <translation>它把 Claude Code 指向代理。</translation>
    </message>
    <message>
        <source>It leads Claude Code to where the proxy no longer is.</source>
        <translation>它把 Claude Code 指向代理已不在的地址。</translation>
    </message>
    <message>
        <source>It holds values of an earlier takeover that is no longer remembered.</source>
        <translation>里面有以前接管时写入的值，但接管记录已经不在了。</translation>
    </message>
    <message>
        <source>Another program or person has changed it since; it is left as it is.</source>
        <translation>之后被其他程序或人改过，所以不再动它。</translation>
    </message>
    <message>
        <source>It holds a placeholder of {owner}, which is no key.</source>
        <translation>里面是 {owner} 的占位符，不是真正的密钥。</translation>
    </message>
    <message>
        <source>It does not use the proxy.</source>
        <translation>它没有使用代理。</translation>
    </message>
    <message>
        <source>There is no such file yet.</source>
        <translation>还没有这个文件。</translation>
    </message>
    <message>
        <source>It cannot be used: {fault}.</source>
        <translation>无法使用：{fault}。</translation>
    </message>
    <message>
        <source>It holds comments or trailing commas, with which Claude Code loads none of it.</source>
        <translation>里面有注释或多余的逗号，Claude Code 因此完全不会加载它。</translation>
    </message>
</context>
<context>
    <name>TakeoverCard</name>
    <message>
        <source>Put back what was there</source>
        <translation>恢复原先的内容</translation>
    </message>
    <message>
        <source>Lead to the proxy again…</source>
        <translation>重新指向代理…</translation>
    </message>
    <message>
        <source>Use the proxy for every Claude Code on this computer</source>
        <translation>让本机所有 Claude Code 都使用代理</translation>
    </message>
    <message>
        <source>Also in VS Code and other editors, however it is started. Only our keys in its settings change; they are put back whenever the proxy stops or you quit.</source>
        <translation>无论怎样启动都有效，包括在 VS Code 等编辑器里。只改动它设置中的几个键；代理停止或退出程序时即恢复原样。</translation>
    </message>
</context>
<context>
    <name>TakeoverDialog</name>
    <message>
        <source>Lead Claude Code's settings to the proxy</source>
        <translation>让 Claude Code 的设置指向代理</translation>
    </message>
    <message>
        <source>This is what changes; nothing else in the files does. Secrets are not shown, and what was there before is put back later.</source>
        <translation>只改动下面这些内容，文件的其余部分不变。密钥不会显示，原有内容以后会恢复。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Change the settings</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>TakeoverLook</name>
    <message>
        <source>Lead it to the proxy again.</source>
        <translation>让它重新指向代理。</translation>
    </message>
    <message>
        <source>Leave it so, or lead it to the proxy again.</source>
        <translation>可以保持原样，也可以让它重新指向代理。</translation>
    </message>
    <message>
        <source>Put back what was there before.</source>
        <translation>恢复原先的内容。</translation>
    </message>
    <message>
        <source>Switch that program's own proxy off, so that both do not fight over it.</source>
        <translation>请关掉那个程序自己的代理，免得两边反复改写。</translation>
    </message>
    <message>
        <source>Repair the file or make it writable, then lead it to the proxy again.</source>
        <translation>请修好文件或放开写权限，然后让它重新指向代理。</translation>
    </message>
    <message>
        <source>Take them out of the file.</source>
        <translation>请把它们从文件里去掉。</translation>
    </message>
    <message>
        <source>Off: only what is launched from here uses the proxy.</source>
        <translation>已关闭：只有从这里启动的才使用代理。</translation>
    </message>
    <message>
        <source>On, but the proxy is off: the settings follow when it runs again.</source>
        <translation>已开启，但代理没有运行：代理恢复后设置会跟着生效。</translation>
    </message>
    <message>
        <source>On: every Claude Code here goes through the proxy.</source>
        <translation>已开启：本机所有 Claude Code 都经过代理。</translation>
    </message>
    <message>
        <source>On, but not everywhere.</source>
        <translation>已开启，但并非处处生效。</translation>
    </message>
    <message>
        <source>Your organisation's settings set {names} and come first. Ask who manages this computer.</source>
        <translation>你所在组织的设置指定了 {names}，并且优先生效。请询问本机的管理员。</translation>
    </message>
</context>
<context>
    <name>TestResults</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>重新测试</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>测试中…</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>未测试</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Endpoints</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search endpoints</source>
        <translation>搜索端点</translation>
    </message>
    <message>
        <source>By name, address or note (Ctrl+F)</source>
        <translation>按名称、地址或备注（Ctrl+F）</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit this endpoint (Enter)</source>
        <translation>编辑这个端点（回车）</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Ask the selected endpoints now</source>
        <translation>立即向选中的端点发出测试请求</translation>
    </message>
    <message>
        <source>Prefer</source>
        <translation>优先使用</translation>
    </message>
    <message>
        <source>Ask this endpoint first for everything while it can answer</source>
        <translation>只要它能应答，所有请求都先问它</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the selected endpoints (Del)</source>
        <translation>移除选中的端点（Del）</translation>
    </message>
    <message>
        <source>Add endpoints from copied text: variables, JSON, a curl command (Ctrl+V)</source>
        <translation>用复制的内容添加端点：环境变量、JSON、curl 命令（Ctrl+V）</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Add endpoint</source>
        <translation>添加端点</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>QCC Desktop: {state}</source>
        <translation>QCC Desktop：{state}</translation>
    </message>
    <message>
        <source>{name}: {health}</source>
        <translation>{name}：{health}</translation>
    </message>
    <message>
        <source>{name}: {health}, tried any moment</source>
        <translation>{name}：{health}，即将重试</translation>
    </message>
    <message>
        <source>{name}: {health}, tried again in {time}</source>
        <translation>{name}：{health}，{time} 后重试</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>Open window</source>
        <translation>打开窗口</translation>
    </message>
    <message>
        <source>Prefer one endpoint</source>
        <translation>优先使用某个端点</translation>
    </message>
    <message>
        <source>None, keep to the strategy</source>
        <translation>不指定，按策略</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Launch Claude Code…</source>
        <translation>启动 Claude Code…</translation>
    </message>
    <message>
        <source>Launch again in</source>
        <translation>在最近的文件夹中启动</translation>
    </message>
    <message>
        <source>Copy environment for</source>
        <translation>复制环境变量</translation>
    </message>
    <message>
        <source>Proxy on</source>
        <translation>开启代理</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>立即退出</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Continue last session in {folder}</source>
        <translation>继续 {folder} 的上次会话</translation>
    </message>
</context>
<context>
    <name>Units</name>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>d</source>
        <translation>天</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
</context>
<context>
    <name>UpdateBanner</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Install and restart</source>
        <translation>安装并重启</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>更新内容</translation>
    </message>
    <message>
        <source>Download page</source>
        <translation>下载页面</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>打开日志</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What is new in version {version}</source>
        <translation>{version} 版的更新内容</translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>This build names no place to look for updates.</source>
        <translation>这个构建没有指明检查更新的地址。</translation>
    </message>
    <message>
        <source>The list of versions did not come in time.</source>
        <translation>版本列表未能及时返回。</translation>
    </message>
    <message>
        <source>The list of versions cannot be reached.</source>
        <translation>无法获取版本列表。</translation>
    </message>
    <message>
        <source>The list of versions cannot be read.</source>
        <translation>版本列表无法读取。</translation>
    </message>
    <message>
        <source>The list of versions is written for a newer QCC Desktop: download that by hand.</source>
        <translation>版本列表需要更新版的 QCC Desktop 才能读取，请手动下载新版本。</translation>
    </message>
    <message>
        <source>The list of versions is older than one that was seen before.</source>
        <translation>版本列表比之前看到的还旧。</translation>
    </message>
    <message>
        <source>The signature is not that of this program's makers.</source>
        <translation>签名不是本程序作者的。</translation>
    </message>
    <message>
        <source>The signature belongs to another file.</source>
        <translation>这个签名属于另一个文件。</translation>
    </message>
    <message>
        <source>The download stands still.</source>
        <translation>下载停住了。</translation>
    </message>
    <message>
        <source>The download is not what was published.</source>
        <translation>下载到的与发布的不一致。</translation>
    </message>
    <message>
        <source>The new version cannot be downloaded.</source>
        <translation>无法下载新版本。</translation>
    </message>
    <message>
        <source>There is not enough room on the disk.</source>
        <translation>磁盘空间不够。</translation>
    </message>
    <message>
        <source>The new version cannot be written to the disk.</source>
        <translation>无法把新版本写入磁盘。</translation>
    </message>
    <message>
        <source>The new version is not there for this computer yet.</source>
        <translation>新版本还没有适合本机的文件。</translation>
    </message>
    <message>
        <source>The new version is packed in a way that is not known here.</source>
        <translation>新版本的打包方式无法识别。</translation>
    </message>
    <message>
        <source>The new version is no application.</source>
        <translation>新版本不是一个应用程序。</translation>
    </message>
    <message>
        <source>The new version failed its self-test.</source>
        <translation>新版本没有通过自检。</translation>
    </message>
    <message>
        <source>This version is in use already.</source>
        <translation>这个版本已经在使用。</translation>
    </message>
    <message>
        <source>There is no newer version any more.</source>
        <translation>已经没有更新的版本了。</translation>
    </message>
    <message>
        <source>This build does not install updates.</source>
        <translation>此构建不会自行安装更新。</translation>
    </message>
    <message>
        <source>QCC Desktop could not be started: start it by hand.</source>
        <translation>无法启动 QCC Desktop，请手动启动。</translation>
    </message>
    <message>
        <source>Something unexpected happened; the log says more.</source>
        <translation>发生了意外情况，详情见日志。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>AppImage</source>
        <translation>AppImage</translation>
    </message>
    <message>
        <source>a folder of your own</source>
        <translation>个人文件夹</translation>
    </message>
    <message>
        <source>Windows set-up</source>
        <translation>Windows 安装程序</translation>
    </message>
    <message>
        <source>macOS application</source>
        <translation>macOS 应用</translation>
    </message>
    <message>
        <source>system package</source>
        <translation>系统软件包</translation>
    </message>
    <message>
        <source>portable folder</source>
        <translation>便携文件夹</translation>
    </message>
    <message>
        <source>pipx</source>
        <translation>pipx</translation>
    </message>
    <message>
        <source>uv tool</source>
        <translation>uv tool</translation>
    </message>
    <message>
        <source>uvx</source>
        <translation>uvx</translation>
    </message>
    <message>
        <source>pip</source>
        <translation>pip</translation>
    </message>
    <message>
        <source>source code</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Update it with your package manager.</source>
        <translation>请用系统的软件包管理器更新。</translation>
    </message>
    <message>
        <source>Download it and put it in the place of this folder.</source>
        <translation>请下载新版本，替换当前文件夹。</translation>
    </message>
    <message>
        <source>Update it in a terminal: pipx upgrade qcc-desktop</source>
        <translation>请在终端中更新：pipx upgrade qcc-desktop</translation>
    </message>
    <message>
        <source>Update it in a terminal: uv tool upgrade qcc-desktop</source>
        <translation>请在终端中更新：uv tool upgrade qcc-desktop</translation>
    </message>
    <message>
        <source>Start it from a terminal next time: uvx qcc-desktop@latest</source>
        <translation>下次请从终端启动：uvx qcc-desktop@latest</translation>
    </message>
    <message>
        <source>Update it in a terminal: pip install --upgrade qcc-desktop</source>
        <translation>请在终端中更新：pip install --upgrade qcc-desktop</translation>
    </message>
    <message>
        <source>Update it in a terminal: git pull</source>
        <translation>请在终端中更新：git pull</translation>
    </message>
    <message>
        <source>This build does not install updates; get it from where you got this one.</source>
        <translation>此构建不会自行安装更新，请从获取当前版本的地方下载。</translation>
    </message>
    <message>
        <source>You may not write where this program lies; get it from where you got this one.</source>
        <translation>没有写入程序所在位置的权限，请从获取当前版本的地方下载。</translation>
    </message>
    <message>
        <source>Move QCC Desktop to a folder of yours, such as Applications, to have it update itself.</source>
        <translation>把 QCC Desktop 移到你可写的文件夹（例如“应用程序”），它才能自行更新。</translation>
    </message>
    <message>
        <source>The new version was not installed</source>
        <translation>新版本没有装上</translation>
    </message>
    <message>
        <source>Version {version} is there</source>
        <translation>有新版本 {version}</translation>
    </message>
    <message>
        <source>Checking the signature of version {version}…</source>
        <translation>正在核对 {version} 版的签名…</translation>
    </message>
    <message>
        <source>Downloading version {version}…</source>
        <translation>正在下载 {version} 版…</translation>
    </message>
    <message>
        <source>Testing version {version} and putting it in place…</source>
        <translation>正在自检并安装 {version} 版…</translation>
    </message>
    <message>
        <source>Version {version} starts in a moment</source>
        <translation>{version} 版即将启动</translation>
    </message>
    <message>
        <source>Running answers are finished first.</source>
        <translation>会先等正在进行的应答结束。</translation>
    </message>
    <message>
        <source>Version {version} did not work on this computer</source>
        <translation>{version} 版在本机无法工作</translation>
    </message>
    <message>
        <source>Version {former} is back. What went wrong: {log}</source>
        <translation>已换回 {former} 版。原因见：{log}</translation>
    </message>
    <message>
        <source>Updated to version {version}</source>
        <translation>已更新到 {version} 版</translation>
    </message>
    <message>
        <source>What it said: {log}</source>
        <translation>它的输出：{log}</translation>
    </message>
    <message>
        <source>Version {version} is there.</source>
        <translation>新版本 {version} 已发布。</translation>
    </message>
    <message>
        <source>This is the newest version.</source>
        <translation>已是最新版本。</translation>
    </message>
    <message>
        <source>Updates were not looked for yet.</source>
        <translation>尚未检查更新。</translation>
    </message>
    <message>
        <source>Installed as: {kind}</source>
        <translation>安装方式：{kind}</translation>
    </message>
    <message>
        <source>Last looked for updates: {moment}</source>
        <translation>上次检查更新：{moment}</translation>
    </message>
</context>
<context>
    <name>UrlWords</name>
    <message>
        <source>An address stands in what you entered.</source>
        <translation>你输入的内容里有一个地址。</translation>
    </message>
    <message>
        <source>There are signs that belong to no address.</source>
        <translation>有些符号不属于地址。</translation>
    </message>
    <message>
        <source>An address begins with https://.</source>
        <translation>地址应以 https:// 开头。</translation>
    </message>
    <message>
        <source>Requests add /v1/messages themselves.</source>
        <translation>请求会自行加上 /v1/messages。</translation>
    </message>
    <message>
        <source>With http, the key can be read on its way.</source>
        <translation>用 http 时，密钥在途中可被读取。</translation>
    </message>
    <message>
        <source>{vendor} takes requests of Claude Code at another address.</source>
        <translation>{vendor} 供 Claude Code 使用的是另一个地址。</translation>
    </message>
    <message>
        <source>The address ends with its version; requests add the rest.</source>
        <translation>地址以版本号结尾，其余部分由请求自行补上。</translation>
    </message>
    <message>
        <source>This is QCC Desktop's own proxy, which would ask itself. Give the address of the vendor or relay.</source>
        <translation>这是 QCC Desktop 自己的代理，会变成自己问自己。请填写厂商或中转的地址。</translation>
    </message>
    <message>
        <source>Use {address}</source>
        <translation>改用 {address}</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>Tokens {per}</source>
        <translation>{per} token 数</translation>
    </message>
    <message>
        <source>Cost in US dollars {per}</source>
        <translation>{per}费用（美元）</translation>
    </message>
    <message>
        <source>Requests {per}</source>
        <translation>{per}请求数</translation>
    </message>
    <message>
        <source>No price is known for the models used.</source>
        <translation>所用模型都没有已知定价。</translation>
    </message>
    <message>
        <source>Nothing here cost anything.</source>
        <translation>这段时间没有产生费用。</translation>
    </message>
    <message>
        <source>From the cache</source>
        <translation>缓存命中</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>其他 {count} 项</translation>
    </message>
    <message>
        <source>Some of it is not priced.</source>
        <translation>其中一部分没有定价。</translation>
    </message>
    <message>
        <source>{title}, {first} to {last}: {sum} in all, most {when}, {most}.</source>
        <translation>{title}，{first}至{last}：共 {sum}，最多的是{when}，{most}。</translation>
    </message>
    <message>
        <source>Jan</source>
        <translation>1月</translation>
    </message>
    <message>
        <source>Feb</source>
        <translation>2月</translation>
    </message>
    <message>
        <source>Mar</source>
        <translation>3月</translation>
    </message>
    <message>
        <source>Apr</source>
        <translation>4月</translation>
    </message>
    <message>
        <source>May</source>
        <translation>5月</translation>
    </message>
    <message>
        <source>Jun</source>
        <translation>6月</translation>
    </message>
    <message>
        <source>Jul</source>
        <translation>7月</translation>
    </message>
    <message>
        <source>Aug</source>
        <translation>8月</translation>
    </message>
    <message>
        <source>Sep</source>
        <translation>9月</translation>
    </message>
    <message>
        <source>Oct</source>
        <translation>10月</translation>
    </message>
    <message>
        <source>Nov</source>
        <translation>11月</translation>
    </message>
    <message>
        <source>Dec</source>
        <translation>12月</translation>
    </message>
    <message>
        <source>not priced</source>
        <translation>无定价</translation>
    </message>
    <message>
        <source>{month} {day}</source>
        <translation>{month}{day}日</translation>
    </message>
    <message>
        <source>{month} {day}, {year}</source>
        <translation>{year}年{month}{day}日</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Cache hits</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>Share of the tokens sent that came from the cache</source>
        <translation>发送的 token 中来自缓存的比例</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>{share} of what was sent</source>
        <translation>占发送量的 {share}</translation>
    </message>
    <message>
        <source>At list prices of {month}; what you pay may differ.</source>
        <translation>按 {month} 的公开标价计算，实际支付可能不同。</translation>
    </message>
    <message>
        <source>at list prices</source>
        <translation>按公开标价</translation>
    </message>
    <message>
        <source>1 model not priced</source>
        <translation>1 个模型无定价</translation>
    </message>
    <message>
        <source>{count} models not priced</source>
        <translation>{count} 个模型无定价</translation>
    </message>
    <message>
        <source>Without a known price: {names}</source>
        <translation>没有已知定价：{names}</translation>
    </message>
    <message>
        <source>All of them are in an exported file.</source>
        <translation>导出的文件里有全部条目。</translation>
    </message>
    <message>
        <source>No session</source>
        <translation>无会话</translation>
    </message>
    <message>
        <source>No model named</source>
        <translation>未写明模型</translation>
    </message>
    <message>
        <source>No endpoint answered</source>
        <translation>没有端点应答</translation>
    </message>
    <message>
        <source>none failed</source>
        <translation>无失败</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 个失败</translation>
    </message>
    <message>
        <source>{new} at full price, {written} written to the cache</source>
        <translation>{new} 按全价计，{written} 写入缓存</translation>
    </message>
    <message>
        <source>per hour</source>
        <translation>每小时</translation>
    </message>
    <message>
        <source>per day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>per month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>自 {day} 起</translation>
    </message>
</context>
<context>
    <name>UsagePage</name>
    <message>
        <source>Nothing used yet. Tokens and their cost appear with the first request.</source>
        <translation>还没有用量。有了第一个请求，token 和费用就会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing was used in this period.</source>
        <translation>这段时间没有用量。</translation>
    </message>
    <message>
        <source>Save what was used</source>
        <translation>保存用量</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The history is deleted.</source>
        <translation>历史记录已删除。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>端点</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>用量</translation>
    </message>
    <message>
        <source>Save these sums, day by day, as a table that spreadsheets open (CSV)</source>
        <translation>把这些数据按日期存为电子表格可打开的文件（CSV）</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Manage the history</source>
        <translation>管理历史记录</translation>
    </message>
    <message>
        <source>Delete the history…</source>
        <translation>删除历史记录…</translation>
    </message>
    <message>
        <source>What was used</source>
        <translation>用量明细</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 90 days</source>
        <translation>最近 90 天</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>By hour</source>
        <translation>按小时</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>By endpoint</source>
        <translation>按端点</translation>
    </message>
    <message>
        <source>By session</source>
        <translation>按会话</translation>
    </message>
    <message>
        <source>Which days</source>
        <translation>时间范围</translation>
    </message>
    <message>
        <source>What is told apart</source>
        <translation>分组方式</translation>
    </message>
</context>
<context>
    <name>Vendor</name>
    <message>
        <source>Moonshot</source>
        <translation>Moonshot 月之暗面</translation>
    </message>
    <message>
        <source>Zhipu</source>
        <translation>Zhipu 智谱</translation>
    </message>
    <message>
        <source>Alibaba Bailian</source>
        <translation>Alibaba 阿里云百炼</translation>
    </message>
    <message>
        <source>Alibaba Bailian Coding</source>
        <translation>Alibaba 阿里云百炼编程套餐</translation>
    </message>
    <message>
        <source>MiniMax International</source>
        <translation>MiniMax 国际版</translation>
    </message>
    <message>
        <source>Volcengine Ark</source>
        <translation>Volcengine 火山方舟</translation>
    </message>
    <message>
        <source>Baidu Qianfan</source>
        <translation>Baidu 百度千帆</translation>
    </message>
    <message>
        <source>StepFun</source>
        <translation>StepFun 阶跃星辰</translation>
    </message>
    <message>
        <source>StepFun International</source>
        <translation>StepFun 阶跃星辰国际版</translation>
    </message>
    <message>
        <source>Xiaomi MiMo</source>
        <translation>Xiaomi 小米 MiMo</translation>
    </message>
    <message>
        <source>Xiaomi MiMo Plan</source>
        <translation>Xiaomi 小米 MiMo 套餐</translation>
    </message>
    <message>
        <source>BaiLing</source>
        <translation>BaiLing 百灵</translation>
    </message>
    <message>
        <source>SiliconFlow</source>
        <translation>SiliconFlow 硅基流动</translation>
    </message>
    <message>
        <source>SiliconFlow International</source>
        <translation>SiliconFlow 硅基流动国际版</translation>
    </message>
    <message>
        <source>ModelScope</source>
        <translation>ModelScope 魔搭</translation>
    </message>
    <message>
        <source>PPIO</source>
        <translation>PPIO 派欧云</translation>
    </message>
    <message>
        <source>Qiniu</source>
        <translation>Qiniu 七牛云</translation>
    </message>
</context>
<context>
    <name>VendorPicker</name>
    <message>
        <source>Official</source>
        <translation>官方</translation>
    </message>
    <message>
        <source>Vendors with models of their own</source>
        <translation>自有模型的厂商</translation>
    </message>
    <message>
        <source>Relays</source>
        <translation>中转与聚合</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在本机运行</translation>
    </message>
    <message>
        <source>Search vendors and relays</source>
        <translation>搜索厂商和中转</translation>
    </message>
    <message>
        <source>Vendors</source>
        <translation>厂商</translation>
    </message>
    <message>
        <source>No vendor of this name is known here. Give its address instead.</source>
        <translation>没有收录这家厂商。请直接填写地址。</translation>
    </message>
    <message>
        <source>Sign up</source>
        <translation>注册</translation>
    </message>
    <message>
        <source>Get a key</source>
        <translation>获取密钥</translation>
    </message>
    <message>
        <source>By its address</source>
        <translation>按地址添加</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>The demo opens in a window of its own.</source>
        <translation>演示将在单独的窗口中打开。</translation>
    </message>
    <message>
        <source>The demo is open already, in a window of its own.</source>
        <translation>演示已在单独的窗口中打开。</translation>
    </message>
    <message>
        <source>Its title says “Demo”; quit it there.</source>
        <translation>它的标题里有“Demo”，请在那里退出。</translation>
    </message>
    <message>
        <source>Welcome to QCC Desktop</source>
        <translation>欢迎使用 QCC Desktop</translation>
    </message>
    <message>
        <source>It stands between Claude Code and its endpoints: when one fails, the next one answers.</source>
        <translation>它位于 Claude Code 与各个端点之间：一个端点出现故障时，由下一个应答。</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>在本机找到的端点</translation>
    </message>
    <message>
        <source>Try it without a key</source>
        <translation>没有密钥也能试用</translation>
    </message>
    <message>
        <source>A demo with simulated endpoints that fail and recover, in a window of its own. Nothing of yours is read or changed.</source>
        <translation>用模拟端点演示故障与恢复，在单独的窗口中进行。不会读取或改动你的任何数据。</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>In order, next on failure</source>
        <translation>按顺序，失败换下一个</translation>
    </message>
    <message>
        <source>By weight</source>
        <translation>按权重</translation>
    </message>
    <message>
        <source>In turn</source>
        <translation>轮流</translation>
    </message>
    <message>
        <source>Least busy</source>
        <translation>最空闲</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>未联网</translation>
    </message>
    <message>
        <source>Every endpoint is off</source>
        <translation>所有端点都已停用</translation>
    </message>
    <message>
        <source>The proxy cannot start</source>
        <translation>代理无法启动</translation>
    </message>
    <message>
        <source>No endpoint can answer</source>
        <translation>没有端点能应答</translation>
    </message>
    <message>
        <source>Another endpoint has taken over</source>
        <translation>已切换到其他端点</translation>
    </message>
    <message>
        <source>All well</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>已就绪</translation>
    </message>
    <message>
        <source>Answering, but not well</source>
        <translation>能应答，但状态欠佳</translation>
    </message>
    <message>
        <source>No endpoint yet</source>
        <translation>还没有端点</translation>
    </message>
    <message>
        <source>An endpoint failed just now</source>
        <translation>有端点刚刚失败</translation>
    </message>
    <message>
        <source>An endpoint is out</source>
        <translation>有端点不可用</translation>
    </message>
    <message>
        <source>Claude Code gets no answer until you switch it on.</source>
        <translation>打开之前，Claude Code 得不到应答。</translation>
    </message>
    <message>
        <source>This computer has no network. No endpoint is blamed for it.</source>
        <translation>本机没有联网，这不算任何端点的错。</translation>
    </message>
    <message>
        <source>Tick one to go on.</source>
        <translation>勾选一个即可继续。</translation>
    </message>
    <message>
        <source>{other}: {detail}</source>
        <translation>{other}：{detail}</translation>
    </message>
    <message>
        <source>{endpoint} is asked first.</source>
        <translation>首选 {endpoint}。</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count} 毫秒</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} %</source>
        <translation>{count}%</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>{count} 分钟前</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>{count} 小时前</translation>
    </message>
    <message>
        <source>{count} d ago</source>
        <translation>{count} 天前</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>1 request running</source>
        <translation>1 个请求进行中</translation>
    </message>
    <message>
        <source>{count} requests running</source>
        <translation>{count} 个请求进行中</translation>
    </message>
    <message>
        <source>Quitting…</source>
        <translation>正在退出…</translation>
    </message>
    <message>
        <source>Quitting: 1 answer is still running</source>
        <translation>正在退出：还有 1 个应答未完成</translation>
    </message>
    <message>
        <source>Quitting: {count} answers are still running</source>
        <translation>正在退出：还有 {count} 个应答未完成</translation>
    </message>
    <message>
        <source>{time} to first token</source>
        <translation>首字 {time}</translation>
    </message>
</context>
</TS>
