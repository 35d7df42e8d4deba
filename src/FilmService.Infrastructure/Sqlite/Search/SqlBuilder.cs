using System.Globalization;
using System.Text;
using FilmService.Infrastructure.Sqlite.Native;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>Builds a statement from parts, keeping its values separate from its text.</summary>
internal sealed class SqlBuilder
{
    private readonly StringBuilder _sql = new();
    private readonly List<object> _values = [];

    public SqlBuilder Add(string sql)
    {
        _sql.Append(sql);
        return this;
    }

    /// <summary>Adds a value; returns its parameter.</summary>
    public string Value(object value)
    {
        _values.Add(value);
        return $"?{_values.Count}";
    }

    /// <summary>Adds the values of a list; returns the list of their parameters.</summary>
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

    public override string ToString() => _sql.ToString();
}
