using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class SqliteDatabaseTests
{
    [TestCase("")]
    [TestCase("films.db")]
    [TestCase("Data Source=")]
    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=file:films.db")]
    [TestCase("Data Source=films.db;Mode=Memory")]
    [TestCase("Data Source=films.db;Mode=Sometimes")]
    [TestCase("Data Source=films.db;Default Timeout=soon")]
    [TestCase("Data Source=films.db;Foreign Keys=perhaps")]
    [TestCase("Data Source=films.db;Mode=ReadOnly")]
    [TestCase("Data Source=films.db;Cache=Shared")]
    [TestCase("Data Source=films.db;Default Timeout=99999999999")]
    [TestCase("Server=localhost;Database=films")]
    public void New_ConnectionStringThatNamesNoFile_IsRefusedWithWhatIsAllowed(string connectionString) => Assert.That(
        () => new SqliteDatabase(connectionString, "/tmp"),
        Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("ConnectionStrings:Films").And.Message.Contains("Data Source=data/films.db"));

    [TestCase("Data Source=films.db;Password=secret")]
    [TestCase("Host=localhost;Username=films;Password=secret")]
    [TestCase("Server=localhost;Uid=films;Pwd=secret")]
    public void New_ConnectionStringWithAPassword_IsRefusedWithoutShowingIt(string connectionString) => Assert.That(
        () => new SqliteDatabase(connectionString, "/tmp"),
        Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("ConnectionStrings:Films").And.Message.Not.Contains("secret"));

    [Test]
    public void New_RelativePath_BeginsAtTheBaseFolder() =>
        Assert.That(new SqliteDatabase("Data Source=data/films.db", "/srv").Path, Is.EqualTo("/srv/data/films.db"));
}
