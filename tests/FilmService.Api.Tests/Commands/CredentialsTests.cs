using FilmService.Api.Commands;

namespace FilmService.Api.Tests.Commands;

public sealed class CredentialsTests
{
    private static readonly Credentials None = new(null, null, null, null);

    [Test]
    public void Choose_Nothing_IsNobody() => Assert.That(Credentials.Choose(None, None).ToHeader(), Is.Null);

    [Test]
    public void Choose_UserOfTheCommandLineAndPasswordOfTheEnvironment_AreBasic() =>
        Assert.That(Credentials.Choose(None with { User = "mé" }, None with { Password = "a:b", ApiKey = "fsk_x" }).ToHeader()!.ToString(), Is.EqualTo("Basic bcOpOmE6Yg=="));

    [Test]
    public void Choose_Options_GoBeforeTheEnvironment() =>
        Assert.That(Credentials.Choose(None with { Token = "eyJ" }, None with { User = "me", Password = "secret" }).ToHeader()!.ToString(), Is.EqualTo("Bearer eyJ"));

    [Test]
    public void Choose_KeyOfTheEnvironment_IsBearer() =>
        Assert.That(Credentials.Choose(None, None with { ApiKey = "fsk_x" }).ToHeader()!.ToString(), Is.EqualTo("Bearer fsk_x"));

    [Test]
    public void Choose_TwoWays_AreRefused() =>
        Assert.That(() => Credentials.Choose(None with { User = "me", ApiKey = "fsk_x" }, None), Throws.InstanceOf<CommandException>());

    [Test]
    public void Choose_PasswordOfNobody_IsRefused() =>
        Assert.That(() => Credentials.Choose(None with { Password = "secret" }, None), Throws.InstanceOf<CommandException>());
}
