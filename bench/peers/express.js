// node express.js DATABASE PORT
import express from 'express';
import { openFilms } from './films.js';

const films = openFilms(process.argv[2]);
const app = express();
app.use(express.json());

app.get('/films/:id', (req, res) => {
  const found = films.find(req.params.id);
  if (!found) {
    return res.status(404).json({ message: `Film ${req.params.id} doesn't exist` });
  }
  res.json(found);
});

app.get('/films', (req, res) => {
  res.json(films.list(Number(req.query.limit ?? -1)));
});

app.put('/films/:id', (req, res) => {
  const { isNew, film } = films.put(req.params.id, req.body);
  res.status(isNew ? 201 : 200).json(film);
});

app.listen(Number(process.argv[3]), '127.0.0.1');
