// The catalogue of the two SQLite peers in Node.js, as better-sqlite3's documentation opens a database:
// write-ahead log, prepared statements. FULL makes an answered write survive a power loss.
import Database from 'better-sqlite3';

export function openFilms(file) {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');

  const byId = db.prepare('SELECT name AS Name, year AS Year, month AS Month FROM films WHERE id = ?');
  const page = db.prepare('SELECT id AS Id, name AS Name, year AS Year, month AS Month FROM films ORDER BY id LIMIT ?');
  const save = db.prepare(`
    INSERT INTO films (id, name, year, month) VALUES (@id, @name, @year, @month)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, year = excluded.year, month = excluded.month`);

  return {
    find: (id) => byId.get(id),
    list: (limit) => page.all(limit),
    put(id, { name, year, month }) {
      const isNew = !byId.get(id);
      save.run({ id, name, year, month });
      return { isNew, film: { Name: name, Year: year, Month: month } };
    },
  };
}
