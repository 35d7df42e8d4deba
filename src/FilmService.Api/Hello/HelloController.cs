using System.ComponentModel;
using System.Text;
using FilmService.Api.Http.Results;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Hello;

/// <summary>The original program's two greetings.</summary>
[ApiController]
[Description("The original program's two greetings.")]
public sealed class HelloController : ControllerBase
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("{\n    \"hello\": \"world\"\n}\n");
    private static readonly byte[] HelloWorld = Encoding.UTF8.GetBytes("{\"Hello\":\"World\"}");

    /// <summary>Greets the world.</summary>
    /// <remarks>The original program's greeting; browsers get it, too.</remarks>
    /// <response code="200">The greeting, byte for byte as the original program wrote it.</response>
    [HttpGet("/", Name = "hello"), HttpHead("/")]
    [ProducesResponseType<Dictionary<string, string>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult Get() => new JsonBytesResult(Hello, StatusCodes.Status200OK);

    /// <summary>Greets a caller who has logged in.</summary>
    /// <remarks>Use it to test a user name and password.</remarks>
    /// <response code="200">The greeting.</response>
    [HttpGet("/hello_world", Name = "helloWorld"), HttpHead("/hello_world")]
    [ProducesResponseType<Dictionary<string, string>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult GetWorld()
    {
        Response.Headers.CacheControl = "no-store";
        return new JsonBytesResult(HelloWorld, StatusCodes.Status200OK);
    }
}
