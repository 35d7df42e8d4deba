using System.Text;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite.Finding;

/// <summary>A statement that is put together from parts, with its values kept apart from its text.</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _sql = new();
    private readonly List<object> _values = [];

    /// <summary>Adds a part of the statement.</summary>
    public SqlText Add(string sql)
    {
        _sql.Append(sql);
        return this;
    }

    /// <summary>Keeps a value and returns how the statement names it.</summary>
    public string Value(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    /// <summary>Keeps the values of a list; returns it as the statement writes it.</summary>
    public string Values(IEnumerable<object> values) => $"({string.Join(", ", values.Select(Value))})";

    /// <summary>Makes the statement.</summary>
    public SqliteCommand Prepare(SqliteConnection connection) => connection.Prepare(_sql.ToString()).With([.. _values]);
}
