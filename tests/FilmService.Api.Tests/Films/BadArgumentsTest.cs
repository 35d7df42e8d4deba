using System.Net.Http.Headers;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>
/// Invalid arguments of PUT: each is answered with a problem that explains it, nothing is stored, and the service keeps
/// answering.
/// </summary>
public abstract class BadArgumentsTest : ServiceTest
{
    protected const string Known = "Accepted here: name, year, month, id.";

    protected Task<HttpAnswer> PutFormAsync(string form) => PutAsync(
        "9", new ByteArrayContent(Encoding.Latin1.GetBytes(form)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } });
}
