using FilmService.Domain.Films;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Work at start-up that may take long says what it is, and how much, before it begins.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task Open_BehindManyChanges_LogsHowMany()
    {
        await FillAsync(1_500);
        _folder.Execute("""
            UPDATE revision SET checkpoint = 0; UPDATE changes SET indexed = 0; DELETE FROM films; DELETE FROM release_counts;
            INSERT INTO film_words (film_words) VALUES ('delete-all'); INSERT INTO film_trigrams (film_trigrams) VALUES ('delete-all');
            """);

        _folder.Make();

        Assert.That(_folder.Log.All, Is.EqualTo(new[] { "Information: Projecting the changes that the last run has left: 1500 changes" }));
    }

    [Test]
    public async Task Open_OtherRulesForNames_LogsBeginAndEnd()
    {
        await FillAsync(20);
        _folder.Execute("UPDATE revision SET normalization_version = 0");

        _folder.Make();

        Assert.That(_folder.Log.All[0], Is.EqualTo($"Information: The rules for comparing names have changed (version 0 to {NormalizedName.Version}): reindexing all films"));
        Assert.That(_folder.Log.All[1], Is.EqualTo("Information: Reindexing: 20 changes"));
        Assert.That(_folder.Log.All[2], Does.Match(@"^Information: Reindexed 20 films in \d+[.,]\d s$"));
    }

    [Test]
    public void Open_NewOrUnchanged_LogsNothing()
    {
        _folder.Make();
        _folder.Make();

        Assert.That(_folder.Log.All, Is.Empty);
    }

    private async Task FillAsync(int films)
    {
        var catalog = _folder.Open();
        await Task.WhenAll(Enumerable.Range(0, films).Select(number => catalog.SaveAsync($"{number}", Up)));
        _folder.Close(catalog);
    }

    public void Dispose() => _folder.Dispose();
}
