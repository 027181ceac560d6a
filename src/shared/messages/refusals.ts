/** What the core refuses on the pages of connections and approvals, as it says it, in both languages. */
export const refusals = {
  en: {
    login: {
      wrong: 'The e-mail address or the password is wrong.',
      tooMany: 'Too many wrong passwords. Try again in {{seconds}} seconds.',
      tooManyRequests: 'Too many requests: {{limit}} a minute are allowed here. Try again in {{seconds}} seconds.',
    },
    people: {
      sameEmail: 'There is a user with this e-mail address already.',
      lastAdmin: 'This is the last admin of the organisation: make somebody else an admin first.',
      elsewhere: 'This user is in other organisations too: only the owner may change more than the role here.',
      noEmail: 'That is no e-mail address: write it as in ada@example.com.',
      noName: 'Give it a name.',
      shortPassword: 'A password has at least 12 characters.',
      longPassword: 'A password has at most 1,024 characters.',
      sameOrganization: 'There is an organisation with this name already.',
    },
    keys: {
      wider: 'This key is quicker or lives longer than yours: whoever made it, an admin or the owner may rotate it.',
      revoked: 'This key was revoked. Make a new one.',
      expired: 'This key has expired. Make a new one, or give it a later end.',
    },
    permissions: {
      over: 'It was decided already, or the agent no longer waits.',
      hidden: 'Not all of it is shown here, so it can be allowed only in the terminal.',
      secret: 'It holds what looks like a secret, which is never stored: put a * in its place.',
      tooLong: 'This cannot be remembered as it is: give a pattern, or null for anything this tool does.',
      tooManyRules: 'There are {{most}} rules already: delete some first.',
    },
  },
  'zh-CN': {
    login: {
      wrong: '电子邮箱或密码不正确。',
      tooMany: '密码错误次数过多，请在 {{seconds}} 秒后重试。',
      tooManyRequests: '请求过多：这里每分钟最多 {{limit}} 次，请在 {{seconds}} 秒后重试。',
    },
    people: {
      sameEmail: '已有用户使用这个电子邮箱。',
      lastAdmin: '这是该组织的最后一位管理员：请先指定另一位管理员。',
      elsewhere: '这位用户也在其他组织中：除了这里的角色，其余只有所有者可以更改。',
      noEmail: '这不是有效的电子邮箱地址：请写成 ada@example.com 这样。',
      noName: '请输入名称。',
      shortPassword: '密码至少 12 个字符。',
      longPassword: '密码最多 1,024 个字符。',
      sameOrganization: '已有组织使用这个名称。',
    },
    keys: {
      wider: '这个密钥的速率或有效期超过您的密钥：只有创建者、管理员或所有者可以轮换它。',
      revoked: '这个密钥已撤销，请新建一个。',
      expired: '这个密钥已过期：请新建一个，或延长有效期。',
    },
    permissions: {
      over: '已经决定，或智能体不再等待。',
      hidden: '这里没有显示全部内容，因此只能在终端里允许。',
      secret: '其中似乎含有密钥，密钥从不保存：请用 * 代替。',
      tooLong: '不能原样记住：请写一个模式，或选择此工具的任何操作。',
      tooManyRules: '已有 {{most}} 条规则：请先删除一些。',
    },
  },
} as const;
