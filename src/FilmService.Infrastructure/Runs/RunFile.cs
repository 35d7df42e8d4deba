using System.Text.Json;
using System.Text.Json.Serialization;
using FilmService.Domain.Films;
using Microsoft.Win32.SafeHandles;

namespace FilmService.Infrastructure.Runs;

/// <summary>
/// The file beside a database with its <see cref="RunRecord"/>. It has one size, less than a disk's sector, and is overwritten in
/// place: so a crash leaves the old text or the new one, and a full disk does not matter.
/// </summary>
internal sealed class RunFile : IDisposable
{
    private const string Suffix = ".run";
    private const int Length = 512;

    private readonly SafeFileHandle _file;

    private RunFile(SafeFileHandle file) => _file = file;

    public static string PathOf(string databasePath) => databasePath + Suffix;

    /// <summary>The record; null if there is no file, and without ids if the file is damaged.</summary>
    public static RunRecord? Read(string databasePath)
    {
        var path = PathOf(databasePath);
        if (!File.Exists(path) || File.ReadAllBytes(path) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            var stored = JsonSerializer.Deserialize(text, StoredRunJson.Default.StoredRun);
            return stored?.Runs is null ? RunRecord.Empty : new RunRecord(stored.Runs, Revision.Parse(stored.Newest ?? ""), stored.LastGeneratedId);
        }
        catch (JsonException)
        {
            return RunRecord.Empty;
        }
    }

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be written.</exception>
    public static RunFile Open(string databasePath)
    {
        var path = PathOf(databasePath);
        try
        {
            var isNew = !File.Exists(path);
            var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (isNew)
            {
                DurableFiles.SyncFolder(path);
            }

            return new RunFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"'{path}' cannot be written. {exception.Message}");
        }
    }

    /// <summary>Writes the record; it is on disk when it returns.</summary>
    public void Save(RunRecord record)
    {
        var text = new byte[Length];
        Array.Fill(text, (byte)' ');
        text[^1] = (byte)'\n';
        JsonSerializer.SerializeToUtf8Bytes(new StoredRun(record.Runs, record.Newest?.ToString(), record.LastGeneratedId), StoredRunJson.Default.StoredRun).CopyTo(text, 0);
        RandomAccess.Write(_file, text, 0);
        RandomAccess.FlushToDisk(_file);
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>The record as the file has it.</summary>
internal sealed record StoredRun(IReadOnlyList<string>? Runs, string? Newest, long LastGeneratedId);

// Without reflection, which would take memory for the whole run.
[JsonSerializable(typeof(StoredRun))]
internal sealed partial class StoredRunJson : JsonSerializerContext;
