using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FilmService.Domain.Backups;
using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Backups;

/// <summary>
/// The folder of the backups. Each is a file named by its time and revision, and beside it a file with what was found when it was
/// verified. While a backup is made, its file has another name.
/// </summary>
internal sealed partial class BackupFolder(string path)
{
    private const string Facts = ".json";
    private const string Partial = ".partial";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const UnixFileMode UserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Removes what a crash has left of a backup that was being made.</summary>
    public void RemovePartial()
    {
        if (Directory.Exists(path))
        {
            var leftFacts = Directory.EnumerateFiles(path, "films-*" + Facts).Where(file => !File.Exists(file[..^Facts.Length]));
            foreach (var file in Directory.EnumerateFiles(path, "*" + Partial + "*").Concat(leftFacts).ToList())
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Creates an empty file, which only the service's user can read, and the folder.</summary>
    public string CreatePartial()
    {
        Directory.CreateDirectory(path);
        var file = Path.Combine(path, "backup" + Partial);
        RemovePartial();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UserAlone;
        }

        using var _ = new FileStream(file, options);
        return file;
    }

    /// <summary>Gives a verified file its name; it is on disk when this returns.</summary>
    public Backup Publish(string partial, Revision revision, DateTimeOffset createdAt, BackupFacts facts)
    {
        var name = $"films-{createdAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{revision}.db";
        var (file, temporary) = (Path.Combine(path, name), Path.Combine(path, name + Facts + Partial));
        DurableFiles.Sync(partial);
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(facts));
        DurableFiles.Sync(temporary);
        File.Move(temporary, file + Facts);
        DurableFiles.Move(partial, file);
        return Find(name)!;
    }

    public List<Backup> List() => !Directory.Exists(path)
        ? []
        : Directory.EnumerateFiles(path).Select(file => Find(Path.GetFileName(file))).OfType<Backup>()
            .OrderByDescending(backup => backup.CreatedAt).ThenByDescending(backup => backup.Revision.Number).ToList();

    public Backup? Find(string name)
    {
        var file = new FileInfo(Path.Combine(path, Known(name) is null ? "" : name));
        if (Known(name) is not { } known || !file.Exists)
        {
            return null;
        }

        var facts = ReadFacts(file.FullName + Facts);
        return new Backup(name, known.At, known.Revision, file.Length) { Films = facts?.Films, Sha256 = facts?.Sha256 };
    }

    public FileStream? Open(string name)
    {
        try
        {
            return Find(name) is null ? null : new FileStream(Path.Combine(path, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public bool Remove(string name)
    {
        if (Find(name) is null)
        {
            return false;
        }

        File.Delete(Path.Combine(path, name));
        File.Delete(Path.Combine(path, name + Facts));
        return true;
    }

    // Only names that this class gives, so that no path leads to another file.
    private static (DateTimeOffset At, Revision Revision)? Known(string name) =>
        Name().Match(name) is { Success: true } match
        && DateTimeOffset.TryParseExact(match.Groups[1].ValueSpan, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && Revision.Parse(match.Groups[2].Value) is { } revision
            ? (at, revision)
            : null;

    private static BackupFacts? ReadFacts(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<BackupFacts>(File.ReadAllBytes(file)) : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\Afilms-([0-9]{8}T[0-9]{9}Z)-([a-z0-9]+-[0-9]+)\.db\z")]
    private static partial Regex Name();
}

/// <summary>What was found when a backup was verified.</summary>
internal sealed record BackupFacts(long Films, string Sha256);
