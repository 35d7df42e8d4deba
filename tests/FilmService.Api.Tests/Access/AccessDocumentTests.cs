using System.Diagnostics;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>The examples of docs/access.md, in a shell, as they stand.</summary>
[Platform(Exclude = "Win")]
public sealed partial class AccessDocumentTests
{
    [Test]
    public async Task Examples_OfTheDocument_RunAsPrinted()
    {
        await using var host = await FilmServiceHost.StartAsync();
        var blocks = Block().Matches(await File.ReadAllTextAsync(Repository.Path("docs/access.md"))).Select(match => match.Groups[1].Value)
            .Where(block => !block.Contains("dotnet run", StringComparison.Ordinal));
        var script = "set -euo pipefail\ncurl() { command curl -fsS -w '\\n' \"$@\"; }\n"
            + string.Concat(blocks).Replace("http://127.0.0.1:5000", host.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        using var shell = System.Diagnostics.Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());

        await shell.WaitForExitAsync();

        Assert.That((shell.ExitCode, await errors), Is.EqualTo((0, "")), await output);
        Assert.That((await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(
        [
            """{"Hello":"World"}""",
            """{"name":"ann","scopes":["films:write"],"configured":false}""",
            ServiceTest.Avengers, ServiceTest.Avengers, ServiceTest.Avengers, ServiceTest.Avengers,
        ]));
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
