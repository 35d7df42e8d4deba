using System.Net;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;
using FilmService.Api.Ui;

namespace FilmService.Api.Pages;

/// <summary>The pages that explain the problem types.</summary>
internal static class ProblemPage
{
    public static readonly PageStyle Style = new("""
        body { font: 17px/1.55 system-ui, sans-serif; color: #1c2330; background: #fff; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        pre { font-size: .9rem; background: #f3f5f8; padding: 1rem; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; } td { padding: .45rem 1rem .45rem 0; border-top: 1px solid #dde2ea; vertical-align: top; }
        td:first-child { width: 3rem; color: #5b6575; font-variant-numeric: tabular-nums; } li { margin: .3rem 0; }
        nav { margin-top: 2.5rem; } nav a { margin-right: 1.5rem; } a { color: #0b57b5; }
        @media (max-width: 30rem) { body { margin: 1.5rem auto; } }
        @media (prefers-color-scheme: dark) {
          body { color: #e4e8ef; background: #14181f; } pre { background: #1f2530; } a { color: #8ab8ff; }
          td { border-color: #2c3442; } td:first-child { color: #98a3b5; }
        }
        """);

    /// <param name="address">The service's own address, for the example.</param>
    /// <param name="hasUi">True if there are pages for people.</param>
    public static string Html(ProblemType type, string address, bool hasUi) => Frame($"{type.Status} {type.Title}", $"""
        <p>{Escape(type.Explanation)}</p>
        <h2>Causes</h2>
        <ul>{string.Concat(type.Causes.Select(cause => $"<li>{Escape(cause)}</li>"))}</ul>
        <h2>Example of a correct request</h2>
        <pre>{Escape(Remedy(type, address))}</pre>
        <nav><a href="/problems">All problems</a> <a href="/docs">API reference</a>{Films(hasUi)}</nav>
        """);

    public static string Html(IReadOnlyList<ProblemType> types, bool hasUi) => Frame("Problems", $"""
        <p>Every error from this service is <code>application/problem+json</code> (RFC 9457). Its <code>type</code> is the URL of one of these pages.</p>
        <table>{string.Concat(types.Select(type => $"<tr><td>{type.Status}</td><td><a href=\"{type.Uri}\">{Escape(type.Title)}</a></td></tr>"))}</table>
        <nav><a href="/docs">API reference</a>{Films(hasUi)}</nav>
        """);

    public static string Text(ProblemType type, string address) => $"""
        {type.Status} {type.Title}

        {type.Explanation}

        Causes:
        {string.Join('\n', type.Causes.Select(cause => "- " + cause))}

        Example of a correct request:
        {Remedy(type, address)}

        """;

    public static string Text(IReadOnlyList<ProblemType> types) =>
        string.Concat(types.Select(type => $"{type.Status} {type.Title}: {type.Uri}\n"));

    // The examples are written for the default address.
    private static string Remedy(ProblemType type, string address) => type.Remedy.Replace("http://127.0.0.1:5000", address, StringComparison.Ordinal);

    private static string Films(bool hasUi) => hasUi ? $" <a href=\"{UiSettings.Root}/films\">Films</a>" : "";

    private static string Frame(string title, string body) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Escape(title)}} · FilmService</title>
        <meta name="color-scheme" content="light dark">
        {{Style.Element}}
        </head>
        <body>
        <main>
        <h1>{{Escape(title)}}</h1>
        {{body}}
        </main>
        </body>
        </html>

        """;

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
