using System.Text;
using FilmService.Api.Films;
using FilmService.Api.Http.Results;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>
/// CSV as RFC 4180 has it: a header, CRLF, quotes where they are needed. Values are exact: a name that begins with <c>=</c>
/// stays as it is, so that it can be imported again.
/// </summary>
internal sealed class CsvWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    private static readonly byte[][] Months = [.. Domain.Films.Months.All.Select(Encoding.UTF8.GetBytes)];

    public override void Begin()
    {
        to.Add("Id"u8);
        to.Add(view.Shows(FilmMembers.Name) ? ",Name"u8 : []);
        to.Add(view.Shows(FilmMembers.Year) ? ",Year"u8 : []);
        to.Add(view.Shows(FilmMembers.Month) ? ",Month"u8 : []);
        to.Add("\r\n"u8);
    }

    public override void Write(IFilmReader film)
    {
        AddText(film.Id);
        if (view.Shows(FilmMembers.Name))
        {
            to.Add(',');
            AddText(film.Name);
        }

        if (view.Shows(FilmMembers.Year))
        {
            to.Add(',');
            to.Add(film.Year);
        }

        if (view.Shows(FilmMembers.Month))
        {
            to.Add(',');
            to.Add(film.Month is { } month ? Months[(int)month - 1] : []);
        }

        to.Add("\r\n"u8);
    }

    public override void Finish()
    {
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
