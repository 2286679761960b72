/** What the administrator reads when the server can't start: one line, in Chinese and English, that says what to do. */
export const sentence = {
  port: (text: string) =>
    `PORT=${text} 不是端口号（0 到 65535）。PORT=${text} is not a port (0 to 65535).`,
  publicUrl: (text: string) =>
    `PUBLIC_URL=${text} 不是网址，要写成 https://… 。PUBLIC_URL=${text} is not an address: write https://….`,
  tlsPair: () => `TLS_CERT 和 TLS_KEY 要一起设。Set TLS_CERT and TLS_KEY together.`,
  tlsFile: (path: string) =>
    `证书或密钥 ${path} 读不了，请检查路径和内容。Cannot use certificate or key ${path}: check its path and content.`,
  argument: (text: string) =>
    `不认识 ${text}，只有 --demo 和 --empty。Unknown ${text}: there are --demo and --empty.`,
  bothSeeds: () => `--demo 和 --empty 只能选一个。Choose one of --demo and --empty.`,
  held: (pid: number, dataDir: string) =>
    `进程 ${pid} 正在使用 ${dataDir}，请先停掉它或换一个 DATA_DIR。Process ${pid} is using ${dataDir}: stop it first or choose another DATA_DIR.`,
  folder: (dataDir: string, code: string) =>
    `不能写入数据目录 ${dataDir}（${code}），请换一个 DATA_DIR 或改权限。Cannot write to ${dataDir} (${code}): choose another DATA_DIR or change its permissions.`,
  portInUse: (port: number) =>
    `端口 ${port} 已被占用，请用 PORT 换一个。Port ${port} is in use: choose another with PORT.`,
  listen: (host: string, port: number, code: string) =>
    `不能在 ${host}:${port} 上监听（${code}），请改 HOST 或 PORT。Cannot listen on ${host}:${port} (${code}): change HOST or PORT.`,
  app: (appDir: string) =>
    `${appDir} 里没有建好的应用，请先运行 npm run build。No built app in ${appDir}: run npm run build first.`,
  database: (code: string) =>
    `连不上 DATABASE_URL 指定的数据库（${code}），请检查地址、口令和库名。Cannot use the database of DATABASE_URL (${code}): check its address, password and name.`,
  schemaNewer: (name: string) =>
    `数据库由更新的版本建立（${name}），请用那个版本启动。The database was made by a newer version (${name}): start that one.`,
  schemaChanged: (name: string) =>
    `数据库的结构 ${name} 和本程序的不一样，请用原来的版本启动。Step ${name} of the database is not this program's: start the version that made it.`,
  backupBefore: (dataDir: string, code: string) =>
    `更新数据库之前要先备份，但不能写入 ${dataDir}/backups（${code}），请腾出空间或改权限。A backup comes before the database is updated, and ${dataDir}/backups cannot be written (${code}): make room or change its permissions.`,
  clockBehind: (now: string, newest: string) =>
    `这台机器的日期是 ${now}，比收到过的记录（${newest}）还早，请先对好时间再启动。This machine's date is ${now}, before records that it has received (${newest}): set its clock first.`,
  seedNeeded: () =>
    `这是空的数据库，请说明要哪一种：npm start -- --empty（正式使用）或 npm start -- --demo（演示）。The database is empty: say npm start -- --empty (for real use) or npm start -- --demo (demonstration).`,
  otherCounty: (demo: boolean) =>
    demo
      ? `这里已经是演示县，不能当正式的县用，请换一个 DATA_DIR 或数据库。This is the demonstration county: choose another DATA_DIR or database for a real one.`
      : `这里已经是正式的县，不能再放演示，请换一个 DATA_DIR 或数据库。This is a real county: choose another DATA_DIR or database for the demonstration.`,
};
