import type { SentencePair } from './translate-sentence.ts';

/** Why a language model gave no answer, as the core says it, and in Chinese. Of two that fit, the earlier one is taken. */
export const modelSentences: readonly SentencePair[] = [
  // The provider's own words follow ours.
  ['{{sentence}} It says: {{words}}', '{{sentence}}对方说：{{words}}'],

  // As it is set up.
  ['No model is set up. Choose one in the settings.', '尚未设置模型。请在设置中选择一个。'],
  ['No model is named. Choose one in the settings.', '没有写明模型。请在设置中选择一个。'],
  [
    'The program `claude` was not found. Install Claude Code, or enter where it is in the settings.',
    '没有找到程序 `claude`。请安装 Claude Code，或在设置中写明它的位置。',
  ],
  [
    'There is no program that can be run at the path that was entered for `claude`. Check it in the settings.',
    '为 `claude` 填写的路径上没有可以运行的程序。请在设置中检查。',
  ],
  [
    'The program `claude` cannot be started ({{code}}). Check its path in the settings.',
    '程序 `claude` 无法启动（{{code}}）。请在设置中检查它的路径。',
  ],
  [
    'This Claude Code is too old for what is asked of it ({{said}}). Update it with `claude update`.',
    '这个 Claude Code 版本过旧，不支持所需的选项（{{said}}）。请用 `claude update` 更新。',
  ],
  [
    'Claude Code is not logged in. Run `claude` in a terminal and log in there with /login.',
    'Claude Code 尚未登录。请在终端运行 `claude`，并用 /login 登录。',
  ],
  [
    '{{who}} knows no model "{{model}}" at this address. Check both in the settings.',
    '{{who}} 在这个地址没有模型“{{model}}”。请在设置中检查两者。',
  ],
  [
    '{{who}} sends the request on to another address; texts only go to the address that was entered. Enter the other one in the settings.',
    '{{who}} 把请求转到另一个地址；文本只发往填写的地址。请在设置中填写那个地址。',
  ],
  [
    '{{who}} answers something else than a model does ({{type}}). Check the address in the settings.',
    '{{who}} 的回应不是模型的回应（{{type}}）。请在设置中检查地址。',
  ],
  [
    '{{who}} does not accept the key. Enter another one in the settings.',
    '{{who}} 不接受这个密钥。请在设置中填写另一个。',
  ],
  [
    '{{who}} does not let this key use the model "{{model}}". Check the key and the model in the settings.',
    '{{who}} 不允许这个密钥使用模型“{{model}}”。请在设置中检查密钥和模型。',
  ],
  [
    '{{who}} refuses the request (status {{status}}). Check the model and the address in the settings.',
    '{{who}} 拒绝了请求（状态 {{status}}）。请在设置中检查模型和地址。',
  ],

  // Money and limits.
  [
    '{{who}} says that there is no credit left. Add some there, or choose another model, then try again.',
    '{{who}} 表示余额已用完。请在那里充值，或换一个模型，然后重试。',
  ],
  [
    '{{who}} wants to be asked less often; the work waits for {{time}} and goes on by itself.',
    '{{who}} 要求降低频率；工作等待 {{time}} 后自动继续。',
  ],
  [
    '{{who}} wants to be asked less often; the work waits and goes on by itself.',
    '{{who}} 要求降低频率；工作稍后自动继续。',
  ],
  [
    'The limit of the Claude plan is reached; the work waits and goes on by itself.',
    'Claude 套餐的限额已用完；工作稍后自动继续。',
  ],
  [
    'No price is known for the model {{model}}, so its cost cannot be watched. Set one under Costs (0 when it is free), and the work goes on.',
    '不知道模型 {{model}} 的价格，无法控制费用。请在“费用”中填写价格（免费则填 0），工作随后继续。',
  ],
  ["today's cap", '今日上限'],
  ["this month's cap", '本月上限'],
  [
    'One call may cost up to {{cost}}, more than {{cap}} of {{limit}}. Raise the cap under Costs, or choose a smaller model.',
    '一次调用最多可能花费 {{cost}}，超过{{cap}} {{limit}}。请在“费用”中提高上限，或换一个更小的模型。',
  ],
  [
    'There is no room left under {{cap}}: {{spent}} of {{limit}} are spent, and the next call may cost {{cost}}. Paid work goes on at {{time}}, or when the cap is raised under Costs.',
    '{{cap}}已没有余地：{{limit}} 中已花费 {{spent}}，下一次调用可能花费 {{cost}}。收费的工作在 {{time}} 继续，或在“费用”中提高上限后继续。',
  ],

  // The answer.
  [
    'What was sent is too long for the model "{{model}}". Lower the input budget in the settings.',
    '发送的内容超出了模型“{{model}}”的上限。请在设置中减小输入预算。',
  ],
  [
    'The answer of the model "{{model}}" was longer than allowed. Try again.',
    '模型“{{model}}”的回答超出了允许的长度。请重试。',
  ],
  [
    'The model "{{model}}" declines to answer this. Another model may not.',
    '模型“{{model}}”拒绝回答。另一个模型也许可以。',
  ],
  [
    'The model "{{model}}" answered nothing. Try again, or choose another model.',
    '模型“{{model}}”没有回答任何内容。请重试，或换一个模型。',
  ],
  [
    'The model "{{model}}" used up its answer\'s tokens before its first word. Choose one that thinks less.',
    '模型“{{model}}”在第一个字之前就用完了回答的词元。请选择思考较少的模型。',
  ],
  [
    'The model {{model}} answered twice in a form that cannot be used ({{problem}}). Try again, or choose a larger model.',
    '模型 {{model}} 两次以无法使用的格式回答（{{problem}}）。请重试，或选择更大的模型。',
  ],

  // What passes.
  [
    '{{who}} has a problem of its own (status {{status}}); it is asked again by itself.',
    '{{who}} 自身出现问题（状态 {{status}}），会自动重试。',
  ],
  ['{{who}} has a problem of its own; it is asked again by itself.', '{{who}} 自身出现问题，会自动重试。'],
  [
    '{{who}} cannot be reached ({{code}}). Is it running, and is there a network? It is asked again by itself.',
    '无法连接 {{who}}（{{code}}）。它在运行吗？网络正常吗？会自动重试。',
  ],
  [
    '{{who}} cannot be reached. Is it running, and is there a network? It is asked again by itself.',
    '无法连接 {{who}}。它在运行吗？网络正常吗？会自动重试。',
  ],
  [
    '{{who}} did not answer within {{time}}; it is asked again by itself.',
    '{{who}} 在 {{time}} 内没有回应，会自动重试。',
  ],
  [
    '{{who}} fell silent for {{time}} amid its answer; it is asked again by itself.',
    '{{who}} 在回答中途停顿了 {{time}}，会自动重试。',
  ],
  ['The answer of {{who}} broke off; it is asked again by itself.', '{{who}} 的回答中断了，会自动重试。'],
  ['The answer broke off before its end.', '回答在结束之前中断了。'],
  ['The model ended without an answer.', '模型没有回答就结束了。'],
  [
    '{{who}} ended with code {{code}} and no answer; it is asked again by itself.',
    '{{who}} 以代码 {{code}} 结束，没有回答，会自动重试。',
  ],
];
