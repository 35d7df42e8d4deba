using System.Text;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Import;

/// <summary>The lines of an import in a temporary file, so that it can be received and checked before it is carried out.</summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> when the file cannot be written or read: the disk is full, say.</remarks>
public sealed class StagedLines : IDisposable
{
    private readonly FileStream _file;
    private readonly BinaryWriter _writer;
    private readonly BinaryReader _reader;
    private long _count;

    /// <summary>Makes the file, without lines.</summary>
    public StagedLines(TemporaryFiles files)
        : this(Create(files))
    {
    }

    internal StagedLines(FileStream file)
    {
        _file = file;
        (_writer, _reader) = (new BinaryWriter(_file, Encoding.UTF8), new BinaryReader(_file, Encoding.UTF8));
    }

    /// <summary>Takes a line in.</summary>
    public void Add(ImportLine line)
    {
        try
        {
            Write(line);
            _count++;
        }
        catch (IOException exception)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>All lines, in order; each time from the first.</summary>
    public IEnumerable<ImportLine> ReadAll()
    {
        Rewind();
        for (var read = 0L; read < _count; read++)
        {
            yield return Read();
        }
    }

    /// <summary>Removes the file.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What could not be written is not needed any more.
        }
    }

    private static FileStream Create(TemporaryFiles files)
    {
        try
        {
            return files.Create();
        }
        catch (IOException exception)
        {
            throw Unavailable(exception);
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
            throw Unavailable(exception);
        }
    }

    private void Write(ImportLine line)
    {
        var said = line.Said;
        _writer.Write((byte)(Mark(line.Id is not null, Parts.Id) | Mark(said is null, Parts.IsDeletion) | Mark(said?.Name is not null, Parts.Name)
            | Mark(said?.Year is not null, Parts.Year) | Mark(said?.Month is not null, Parts.Month)));
        _writer.Write7BitEncodedInt64(line.Number);
        _writer.Write(line.Id?.Value ?? "");
        _writer.Write(said?.Name ?? "");
        _writer.Write((short)(said?.Year ?? 0));
        _writer.Write((byte)(said?.Month?.To ?? 0));
    }

    private ImportLine Read()
    {
        try
        {
            var parts = (Parts)_reader.ReadByte();
            var number = _reader.Read7BitEncodedInt64();
            var (idText, name, year, month) = (_reader.ReadString(), _reader.ReadString(), _reader.ReadInt16(), (Month)_reader.ReadByte());
            FilmId? id = null;
            if (parts.HasFlag(Parts.Id) && !FilmId.TryParse(idText, out id))
            {
                throw new InvalidDataException("The temporary file contains an invalid film id.");
            }

            return new ImportLine(number, id, parts.HasFlag(Parts.IsDeletion) ? null : new FilmPatch(
                parts.HasFlag(Parts.Name) ? name : null,
                parts.HasFlag(Parts.Year) ? year : null,
                parts.HasFlag(Parts.Month) ? new MonthChange(month == 0 ? null : month) : null));
        }
        catch (IOException exception)
        {
            throw Unavailable(exception);
        }
    }

    private static Parts Mark(bool isThere, Parts part) => isThere ? part : 0;

    private static CatalogUnavailableException Unavailable(IOException exception) =>
        new("The temporary file of an import cannot be written or read.", exception);

    /// <summary>What a line has.</summary>
    [Flags]
    private enum Parts : byte
    {
        Id = 1,
        IsDeletion = 2,
        Name = 4,
        Year = 8,
        Month = 16,
    }
}
