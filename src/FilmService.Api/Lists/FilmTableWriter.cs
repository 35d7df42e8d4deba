using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FilmService.Domain.Films;

namespace FilmService.Api.Lists;

/// <summary>
/// CSV as RFC 4180 has it: a header, CRLF, quotes where they are needed. Values are exact: a name that begins with <c>=</c>
/// stays as it is, so that it can be imported again.
/// </summary>
internal sealed class FilmTableWriter(IBufferWriter<byte> to, FilmListView view) : FilmListWriter
{
    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };

    private readonly CsvWriter _csv = new(new Utf8Writer(to), Rfc4180);

    public override void Begin() => WriteRow("Id", "Name", "Year", "Month");

    public override void Write(Film film) =>
        WriteRow(film.Id.Value, film.Name, film.Year.ToString(CultureInfo.InvariantCulture), film.Month?.ToName());

    public override void Dispose() => _csv.Dispose();

    private void WriteRow(string id, string name, string year, string? month)
    {
        _csv.WriteField(id);
        WriteField(FilmMembers.Name, name);
        WriteField(FilmMembers.Year, year);
        WriteField(FilmMembers.Month, month);
        _csv.NextRecord();
        _csv.Flush();
    }

    private void WriteField(FilmMembers member, string? value)
    {
        if (view.Members.HasFlag(member))
        {
            _csv.WriteField(value);
        }
    }

    private sealed class Utf8Writer(IBufferWriter<byte> to) : TextWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Encoding.UTF8.GetBytes(buffer, to);
    }
}
