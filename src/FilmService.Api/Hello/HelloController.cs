using System.ComponentModel;
using System.Text;
using FilmService.Api.Http.Results;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Hello;

/// <summary>The original's two greetings.</summary>
[ApiController]
[Description("The original's two greetings.")]
public sealed class HelloController : ControllerBase
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("{\n    \"hello\": \"world\"\n}\n");
    private static readonly byte[] HelloWorld = Encoding.UTF8.GetBytes("{\"Hello\":\"World\"}");

    /// <summary>Greets the world.</summary>
    /// <remarks>The original's greeting, to a browser too.</remarks>
    /// <response code="200">The greeting, byte for byte as the original wrote it.</response>
    [HttpGet("/", Name = "hello"), HttpHead("/")]
    [ProducesResponseType<Dictionary<string, string>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult Get() => new JsonBytesResult(Hello, StatusCodes.Status200OK);

    /// <summary>Greets who has logged in.</summary>
    /// <remarks>The way to try out a user's name and password.</remarks>
    /// <response code="200">The greeting.</response>
    [HttpGet("/hello_world", Name = "helloWorld"), HttpHead("/hello_world")]
    [ProducesResponseType<Dictionary<string, string>>(StatusCodes.Status200OK, "application/json")]
    public ActionResult GetWorld()
    {
        Response.Headers.CacheControl = "no-store";
        return new JsonBytesResult(HelloWorld, StatusCodes.Status200OK);
    }
}
