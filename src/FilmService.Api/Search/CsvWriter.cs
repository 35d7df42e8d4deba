using System.Text;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>
/// CSV according to RFC 4180: a header, CRLF, quotes if needed. Values are exact: a name that begins with <c>=</c> is not
/// escaped, so that it can be imported again.
/// </summary>
internal sealed class CsvWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    private static readonly byte[][][] Choices = [.. FilmFields.All.Select(field => field.Choices.Select(Encoding.UTF8.GetBytes).ToArray())];

    public override void Begin()
    {
        to.Add(view.ShowsRevision ? "Id,Revision"u8 : "Id"u8);
        foreach (var field in FilmFields.All.Where(view.Shown.Contains))
        {
            to.Add(',');
            to.Add(Encoding.UTF8.GetBytes(field.Name));
        }

        to.Add("\r\n"u8);
    }

    public override void Write(IFilmReader film)
    {
        AddText(film.Id);
        if (view.ShowsRevision)
        {
            to.Add(',');
            to.Add(Encoding.ASCII.GetBytes(film.Revision.ToString()));
        }

        foreach (var field in FilmFields.All)
        {
            if (view.Shown.Contains(field))
            {
                to.Add(',');
                Add(field, film.ValueOf(field));
            }
        }

        to.Add("\r\n"u8);
    }

    public override void Finish()
    {
    }

    private void Add(FilmField field, FieldBytes value)
    {
        if (value.Kind is FieldValueKind.Text)
        {
            AddText(value.Text);
        }
        else if (value.Kind is FieldValueKind.Number && field.Kind is FilmFieldKind.Choice)
        {
            to.Add(Choices[field.Index][value.Number - 1]);
        }
        else if (value.Kind is FieldValueKind.Number)
        {
            to.Add(value.Number);
        }
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'"', (byte)',') < 0 && text is not ([(byte)' ', ..] or [.., (byte)' ']))
        {
            to.Add(text);
            return;
        }

        to.Add('"');
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            to.Add(text[..quote]);
            to.Add("\"\""u8);
        }

        to.Add(text);
        to.Add('"');
    }
}
