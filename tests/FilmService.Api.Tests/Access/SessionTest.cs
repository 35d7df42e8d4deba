using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>Base class for tests of sessions, with a clock that the test sets.</summary>
public abstract class SessionTest : ServiceTest
{
    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    protected override Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartAsync(Clock, AccessRequests.Scoped);
}
