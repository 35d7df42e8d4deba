using System.Text;
using System.Text.Json;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Import;

/// <summary>The lines of an import in a temporary file, so that it can be received and validated before it is applied.</summary>
/// <remarks>
/// Every method throws <see cref="CatalogUnavailableException"/> if the file cannot be written or read, for example because the
/// disk is full.
/// </remarks>
public sealed class StagedLines : IDisposable
{
    // Added to the number of a change, which may be -1, so that 0 stands for none.
    private const int AnyChange = 1;

    private readonly FileStream _file;
    private readonly BinaryWriter _writer;
    private readonly BinaryReader _reader;

    public StagedLines(TemporaryFiles files)
        : this(files.Create())
    {
    }

    internal StagedLines(FileStream file)
    {
        _file = file;
        (_writer, _reader) = (new BinaryWriter(_file, Encoding.UTF8), new BinaryReader(_file, Encoding.UTF8));
    }

    /// <summary>How many lines there are.</summary>
    public long Count { get; private set; }

    public void Add(ImportLine line)
    {
        try
        {
            Write(line);
            Count++;
        }
        catch (IOException exception)
        {
            throw TemporaryFiles.Unavailable(exception);
        }
    }

    /// <summary>All lines, in order; can be read repeatedly.</summary>
    public IEnumerable<ImportLine> ReadAll()
    {
        Rewind();
        for (var read = 0L; read < Count; read++)
        {
            yield return Read();
        }
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // Data that could not be flushed is no longer needed.
        }
    }

    private void Rewind()
    {
        try
        {
            _writer.Flush();
            _file.Position = 0;
        }
        catch (IOException exception)
        {
            throw TemporaryFiles.Unavailable(exception);
        }
    }

    private void Write(ImportLine line)
    {
        _writer.Write7BitEncodedInt64(line.Number);
        _writer.Write(line.Id?.Value ?? "");
        _writer.Write((byte)KindOf(line));
        _writer.Write7BitEncodedInt64(line.ChangedAt + AnyChange + 1 ?? 0);
        WriteText(line.LeftOutAs ?? (line.Errors is null ? null : JsonSerializer.Serialize(line.Errors)));
        foreach (var field in line.Patch is null ? [] : FilmFields.All)
        {
            Write(line.Patch![field]);
        }
    }

    private void WriteText(string? text)
    {
        if (text is not null)
        {
            _writer.Write(text);
        }
    }

    private void Write(FieldValue value)
    {
        _writer.Write((byte)value.Kind);
        if (value.Kind is FieldValueKind.Text)
        {
            _writer.Write(value.Text!);
        }
        else if (value.Kind is FieldValueKind.Number)
        {
            _writer.Write7BitEncodedInt(value.Number);
        }
    }

    private ImportLine Read()
    {
        try
        {
            var (number, id, kind) = (_reader.Read7BitEncodedInt64(), ReadId(), (LineKind)_reader.ReadByte());
            var changedAt = _reader.Read7BitEncodedInt64() - AnyChange - 1;
            return kind switch
            {
                LineKind.Film => new ImportLine(number, id, FilmPatch.Of(_ => ReadValue())) { ChangedAt = changedAt < -1 ? null : changedAt },
                LineKind.LeftOut => new ImportLine(number, id, null) { LeftOutAs = _reader.ReadString() },
                LineKind.Invalid => new ImportLine(number, id, null) { Errors = JsonSerializer.Deserialize<Dictionary<string, string[]>>(_reader.ReadString()) },
                _ => new ImportLine(number, id, null) { ChangedAt = changedAt < -1 ? null : changedAt },
            };
        }
        catch (IOException exception)
        {
            throw TemporaryFiles.Unavailable(exception);
        }
    }

    private static LineKind KindOf(ImportLine line) =>
        line.Errors is not null ? LineKind.Invalid : line.LeftOutAs is not null ? LineKind.LeftOut : line.Patch is not null ? LineKind.Film : LineKind.Deletion;

    private FilmId? ReadId() => _reader.ReadString() is not { Length: > 0 } text ? null
        : FilmId.TryParse(text, out var id) ? id
        : throw new InvalidDataException("The temporary file contains an invalid film id.");

    private FieldValue ReadValue() => (FieldValueKind)_reader.ReadByte() switch
    {
        FieldValueKind.Missing => default,
        FieldValueKind.Null => FieldValue.Null,
        FieldValueKind.Text => _reader.ReadString(),
        _ => _reader.Read7BitEncodedInt(),
    };

    private enum LineKind : byte
    {
        Deletion,
        Film,
        Invalid,
        LeftOut,
    }
}
