using System.Globalization;
using System.Text;
using FilmService.Infrastructure.Sqlite.Native;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>A statement that is put together from parts, with its values kept apart from its text.</summary>
internal sealed class SqlBuilder
{
    private readonly StringBuilder _sql = new();
    private readonly List<object> _values = [];

    /// <summary>Adds a part of the statement.</summary>
    public SqlBuilder Add(string sql)
    {
        _sql.Append(sql);
        return this;
    }

    /// <summary>Keeps a value and returns how the statement names it.</summary>
    public string Value(object value)
    {
        _values.Add(value);
        return $"?{_values.Count}";
    }

    /// <summary>Keeps the values of a list; returns it as the statement writes it.</summary>
    public string Values(IEnumerable<object> values) => $"({string.Join(", ", values.Select(Value))})";

    /// <summary>The statement, with its values bound.</summary>
    public SqliteStatement Prepare(PreparedStatements statements)
    {
        var statement = statements.Get(ToString());
        foreach (var value in _values)
        {
            _ = value switch
            {
                string text => statement.Bind(text),
                byte[] bytes => statement.Bind(bytes),
                _ => statement.Bind(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            };
        }

        return statement;
    }

    /// <summary>Its text.</summary>
    public override string ToString() => _sql.ToString();
}
