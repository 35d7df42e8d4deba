using System.Data.Common;

namespace FilmService.Infrastructure.Statements;

/// <summary>Work on the tables beside the films, which every database does with the same SQL.</summary>
internal interface IDatabaseWork
{
    /// <summary>Runs work in its turn and in a transaction of its own. It gets no revision.</summary>
    Task<T> RunAsync<T>(Func<DbConnection, T> work, CancellationToken cancellationToken);

    /// <summary>Reads in one snapshot, without waiting for writes.</summary>
    T ReadSnapshot<T>(Func<DbConnection, T> read);
}
