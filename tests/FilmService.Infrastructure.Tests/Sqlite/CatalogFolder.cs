using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A folder with its own database file, opened as the service opens it. Removed at the end.</summary>
/// <param name="folder">A folder that is not removed; null for a new one.</param>
internal sealed class CatalogFolder(string? folder = null) : IDisposable
{
    private readonly string _folder = folder ?? Directory.CreateTempSubdirectory("filmservice-").FullName;
    private readonly List<SqliteRepository> _opened = [];

    /// <summary>What the catalogue logs.</summary>
    public LogLines Log { get; } = new();

    public string Path => System.IO.Path.Combine(_folder, "films.db");

    /// <summary>Opens the catalogue; closed at the end unless the test closes it.</summary>
    /// <param name="seed">True to start with the original's two films.</param>
    /// <param name="options">Additional options of the connection string.</param>
    public SqliteRepository Open(bool seed = false, string options = "") => Open(TimeProvider.System, seed, options);

    /// <summary>Opens the catalogue with the test's own clock.</summary>
    public SqliteRepository Open(TimeProvider clock, bool seed = false, string options = "")
    {
        var catalog = SqliteRepository.Open(new SqliteDatabase($"Data Source=films.db;{options}", _folder), seed, clock, Log);
        _opened.Add(catalog);
        return catalog;
    }

    /// <summary>Opens the same file under another name.</summary>
    public SqliteRepository OpenAs(string name)
    {
        var catalog = SqliteRepository.Open(new SqliteDatabase($"Data Source={name}", _folder), seed: false, TimeProvider.System, NullLogger.Instance);
        _opened.Add(catalog);
        return catalog;
    }

    /// <summary>Creates a symbolic link in the folder; the target is relative to it.</summary>
    public void Link(string name, string target) => File.CreateSymbolicLink(System.IO.Path.Combine(_folder, name), target);

    /// <summary>Closes the catalogue, as stopping the service does.</summary>
    public void Close(SqliteRepository catalog)
    {
        _opened.Remove(catalog);
        catalog.Dispose();
    }

    /// <summary>Creates a catalogue and closes it.</summary>
    public void Make(bool seed = true) => Close(Open(seed));

    /// <summary>A connection to the file, as another program would open it.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Runs SQL on the file, independently of the catalogue.</summary>
    public void Execute(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    /// <summary>The first column of a query's rows, as text.</summary>
    public List<string> Query(string sql)
    {
        using var connection = Connect();
        using var command = connection.Prepare(sql);
        using var row = command.ExecuteReader();
        var values = new List<string>();
        while (row.Read())
        {
            values.Add(row.GetString(0));
        }

        return values;
    }

    public void Dispose()
    {
        _opened.ForEach(catalog => catalog.Dispose());
        if (folder is null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
