import type { SentencePair } from './translate-sentence.ts';

/** What the core refuses besides `refusals`, as it says it, and in Chinese. Of two that fit, the earlier one is taken. */
export const coreSentences: readonly SentencePair[] = [
  // What is not there.
  ['There is no {{what}} with the id {{id}}. Create it first.', '没有 id 为 {{id}} 的{{what}}。请先建立。'],
  ['There is no {{what}} with the id {{id}}.', '没有 id 为 {{id}} 的{{what}}。'],
  ['There is no setting {{key}}.', '没有设置 {{key}}。'],
  ['There is no such organisation.', '没有这个组织。'],
  ['There is no such change; old ones are not kept for ever.', '没有这项改动；旧的改动不会永远保留。'],
  ['This summary is gone.', '这份摘要已不存在。'],
  ['It was deleted again at once.', '它随即又被删除了。'],
  ['It was forgotten again at once.', '它随即又被忘记了。'],
  ['The rule was deleted again at once.', '这条规则随即又被删除了。'],

  // Who may.
  [
    'Only the owner of this memory may do that: use the owner token (cmem token prints it).',
    '只有这份记忆的所有者可以这样做：请使用所有者令牌（cmem token 可显示）。',
  ],
  ['This needs the scope "{{scope}}", which {{name}} does not have.', '这需要权限“{{scope}}”，而 {{name}} 没有。'],
  [
    'The tool {{tool}} needs the scope "{{scope}}", which {{name}} does not have.',
    '工具 {{tool}} 需要权限“{{scope}}”，而 {{name}} 没有。',
  ],
  ['Only the owner may name another organisation.', '只有所有者可以指定其他组织。'],
  ['{{name}} cannot give what it does not have: {{missing}}.', '{{name}} 不能给出自己没有的权限：{{missing}}。'],
  ["The owner's own organisation cannot be deleted.", '所有者自己的组织不能删除。'],
  ['Only a user has a password.', '只有用户才有密码。'],
  [
    'This refresh token was used before, so the login has ended. Log in again.',
    '这个刷新令牌已被使用过，因此登录已结束。请重新登录。',
  ],
  [
    'This user is in several organisations: name one with the header X-Organization-Id.',
    '这位用户在多个组织中：请用标头 X-Organization-Id 指定一个。',
  ],
  ['A key cannot make one that lives longer than it does itself.', '密钥不能生成比自己有效期更长的密钥。'],
  [
    'This key was rotated already: rotate the one that took its place, {{id}}.',
    '这个密钥已轮换过：请轮换取代它的密钥 {{id}}。',
  ],

  // Sessions, observations and agents.
  ['There is a session with the id {{id}} already.', '已有 id 为 {{id}} 的会话。'],
  ['The session {{id}} was deleted. Restore it, or choose another id.', '会话 {{id}} 已删除。请恢复它，或换一个 id。'],
  [
    'The session {{id}} was erased, and its id is not used again. Choose another one.',
    '会话 {{id}} 已彻底清除，其 id 不再使用。请换一个。',
  ],
  [
    'The session {{id}} of this observation was deleted. Restore it first.',
    '这条观察记录所属的会话 {{id}} 已删除。请先恢复它。',
  ],
  [
    'The session goes on: end it with "status": "ended" to say for which reason.',
    '会话仍在进行：请用 "status": "ended" 结束它，再说明原因。',
  ],
  ['The agent {{agent}} is disabled, and its sessions are not taken.', '智能体 {{agent}} 已停用，不再接收它的会话。'],
  [
    'The agent {{agent}} is disabled, and nothing is added to its sessions.',
    '智能体 {{agent}} 已停用，不再向它的会话添加内容。',
  ],
  [
    'The project of the session {{id}} is excluded: nothing of it is recorded.',
    '会话 {{id}} 的项目已排除：不会记录其中任何内容。',
  ],
  ['{{folder}} is excluded: sessions in that folder are not recorded.', '{{folder}} 已排除：不记录该文件夹中的会话。'],
  ['Nothing of the title is left without its secrets.', '去掉密钥后标题已没有内容。'],
  ['There is an agent named {{name}} already.', '已有名为 {{name}} 的智能体。'],
  [
    '{{name}} has sessions. Disable it, so that no more of them are taken.',
    '{{name}} 有会话。请停用它，以便不再接收新的会话。',
  ],

  // Learnings, memories and summaries.
  ['All of it is private: there is nothing to remember.', '全部是私密内容：没有可记住的。'],
  ['All of it is private: there is nothing to believe.', '全部是私密内容：没有可采信的。'],
  ['All of it is private, or there is no such project or session.', '全部是私密内容，或者没有这个项目或会话。'],
  ['With those that it has it would get more than {{most}} tags.', '加上已有的，标签会超过 {{most}} 个。'],
  ['With the metadata that it has it would be too much: {{fault}}', '加上已有的元数据就太多了：{{fault}}'],
  ['Together they have more than {{most}} tags; take some away first.', '合起来的标签超过 {{most}} 个；请先去掉一些。'],
  ['It was changed again since; undo the later change first.', '之后又改动过；请先撤销后来的改动。'],
  ['This was undone already.', '这已经撤销过了。'],
  ['What this rested on was deleted since, so it cannot be undone.', '它所依据的内容之后已删除，因此无法撤销。'],
  ['A learning cannot take its own place.', '一条经验不能取代自己。'],
  ['Choose at least one other learning to merge.', '请至少选择另一条要合并的经验。'],
  ['Merge into one that is proposed or approved.', '请合并到等待审核或已批准的一条中。'],
  ['That one was superseded by this one; take it back first.', '那一条已被这一条取代；请先撤回。'],
  ['One of the two is not believed any more; approve it first.', '两条中有一条已不再采信；请先批准它。'],
  [
    'A person deleted this learning; it is not proposed again. Ask the user to add it by hand.',
    '有人删除过这条经验，不会再次提出。请让用户手动添加。',
  ],
  ['Say which project it holds for, or make it hold everywhere.', '请说明它适用于哪个项目，或让它适用于所有项目。'],
  ['A week is named by its Monday, such as 2026-11-16.', '一周以它的星期一表示，如 2026-11-16。'],
  ['Give the whole path of the file, from the root, without “..”.', '请给出文件从根目录起的完整路径，不含“..”。'],
  ['Only Markdown files (.md) are written, such as CLAUDE.md.', '只能写入 Markdown 文件（.md），如 CLAUDE.md。'],
  ['The folder {{folder}} does not exist; make it first.', '文件夹 {{folder}} 不存在；请先建立。'],
  [
    'The marks of the section are not in order in this file; put them right or remove them.',
    '文件中该段落的标记次序有误；请改正或去掉。',
  ],
  ['{{file}} is a link that leads nowhere; name the file itself.', '{{file}} 是一个没有目标的链接；请指定文件本身。'],
  [
    '{{file}} is a link that leads to {{target}}; name the file itself.',
    '{{file}} 是指向 {{target}} 的链接；请指定文件本身。',
  ],
  ['{{file}} is being changed by somebody else; try again.', '{{file}} 正被其他程序修改；请重试。'],
  ['{{file}} is too large to be a CLAUDE.md.', '{{file}} 太大，不像是 CLAUDE.md。'],
  ['{{file}} is written in UTF-16; save it as UTF-8 first.', '{{file}} 是 UTF-16 编码；请先另存为 UTF-8。'],
  ['{{file}} is no file.', '{{file}} 不是文件。'],

  // Jobs, statistics and upkeep.
  [
    'Jobs of the kind "{{job}}" have no schedule; only these do: {{known}}.',
    '“{{job}}”类任务没有定时；只有这些有：{{known}}。',
  ],
  ['Say which session is to be summarised.', '请说明要为哪个会话做摘要。'],
  ['Say from which session there is something to learn.', '请说明要从哪个会话中学习。'],
  ['This job is done; queue a new one instead.', '这个任务已完成；请另加一个新任务。'],
  ['This job is done; there is nothing left to cancel.', '这个任务已完成，没有可取消的。'],
  ['This job is running.', '这个任务正在运行。'],
  [
    'No model is set for sessions or learnings; choose one, and say what it is used for.',
    '没有为会话或经验设置模型；请选择一个，并说明用途。',
  ],
  [
    'That is more than {{most}} points: ask for a shorter time or for longer buckets.',
    '超过了 {{most}} 个点：请缩短时间范围，或使用更长的间隔。',
  ],
  ['The time ends before it begins: since has to be before until.', '时间的终点早于起点：since 必须早于 until。'],
  [
    'There is no room for a copy of the memory; free some space on the disk.',
    '没有空间存放记忆的副本；请腾出一些磁盘空间。',
  ],
  ['It could not be done; the status page says what went wrong.', '未能完成；状态页说明了原因。'],
  ['The memory is closing; ask again in a moment.', '记忆正在关闭；请稍后再试。'],
  ['The memory is closing.', '记忆正在关闭。'],
  [
    'A person started this worker (process {{pid}}): stop it where it was started.',
    '这个服务由人启动（进程 {{pid}}）：请在启动它的地方停止。',
  ],
  ['The plugin is for the memory of this machine.', '插件只用于本机的记忆。'],

  // Tools.
  ['There is a tool named {{name}} already.', '已有名为 {{name}} 的工具。'],
  ['{{name}} is the name of a built-in tool.', '{{name}} 是内置工具的名称。'],
  ['{{name}} is built in and stays; it can be disabled.', '{{name}} 是内置工具，不能删除；可以停用。'],
  [
    '{{name}} is built in: whether it is enabled is all that can be changed of it.',
    '{{name}} 是内置工具：只能启用或停用。',
  ],
  ['JavaScript tools are switched off; the owner can switch them on.', 'JavaScript 工具已关闭；所有者可以打开。'],
  [
    'JavaScript tools do not run in the desktop app. Quit it, and start the worker with npm run worker.',
    'JavaScript 工具不能在桌面应用中运行。请退出应用，用 npm run worker 启动服务。',
  ],
  ['The tool {{name}} is disabled.', '工具 {{name}} 已停用。'],
  ['The tool {{name}} is switched off.', '工具 {{name}} 已停用。'],
  ['Too many tools wait to be run. Try again later.', '等待运行的工具过多。请稍后再试。'],
  ['The run was cancelled before it began.', '运行在开始前已取消。'],
  ['The source cannot be run. {{fault}}', '源代码无法运行。{{fault}}'],
  ['The schema of the arguments cannot be used: {{fault}}', '参数的模式无法使用：{{fault}}'],
  ['{{name}} cannot be called like this. {{place}}: {{fault}}', '不能这样调用 {{name}}。{{place}}：{{fault}}'],
  ['{{name}} cannot be called like this. {{fault}}', '不能这样调用 {{name}}。{{fault}}'],

  // Models.
  ['No embedding model is chosen.', '没有选择向量模型。'],
  ['A key is only kept when the keychain is chosen for it.', '只有选择钥匙串时才会保存密钥。'],
  [
    'There is no keychain here that could keep the key. Put it into an environment variable and name that one.',
    '这里没有可以保存密钥的钥匙串。请把密钥放进环境变量，并指定变量名。',
  ],
  [
    'The environment variable {{name}} is not set where the memory was started.',
    '启动记忆的环境中没有设置环境变量 {{name}}。',
  ],
  ['The keychain holds none for this endpoint.', '钥匙串中没有这个端点的密钥。'],
  ['The file of keys cannot be read ({{code}}).', '无法读取密钥文件（{{code}}）。'],
  ['The file of keys cannot be read.', '无法读取密钥文件。'],
  [
    'Anthropic needs a key: put one into the keychain, or name the environment variable that holds it.',
    'Anthropic 需要密钥：请放进钥匙串，或指定存放它的环境变量。',
  ],
  ['The path of the program is its whole path and ends in claude.', '程序的路径要写完整，并以 claude 结尾。'],
  ['There is no mode "{{mode}}". Those that there are: {{known}}.', '没有模式“{{mode}}”。现有：{{known}}。'],
];
