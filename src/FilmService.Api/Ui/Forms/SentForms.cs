using System.Collections.Concurrent;
using FilmService.Api.Films;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Problems;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Forms;

/// <summary>
/// Carries out forms, each once: one that is sent again within ten minutes, by a double click or a reload, gets the same page. It may show
/// a secret, so it is kept in memory only.
/// </summary>
public sealed class SentForms(IServiceProvider services, TimeProvider clock)
{
    /// <summary>The form has been carried out with other values. It is shown again as a new one.</summary>
    internal static readonly Problem OtherValues = new(FilmResults.KeyReused.Type, "This form was sent already, with other values. Send it again to carry it out once more.");

    private const int MaxKept = 1_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Sent> _sent = new(StringComparer.Ordinal);

    /// <summary>Carries out a form; if it is refused, it is shown again.</summary>
    /// <param name="form">The form.</param>
    /// <param name="work">Carries it out.</param>
    /// <param name="again">Shows it with what is wrong, by field.</param>
    public async Task<ActionResult> SendAsync(SentForm form, Func<Task<ActionResult>> work, Func<IReadOnlyDictionary<string, string>, ActionResult> again)
    {
        try
        {
            return await OnceAsync(form, work);
        }
        catch (ProblemException exception) when (exception.Problem.Type.Status is StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity)
        {
            return again(FaultsOf(exception.Problem));
        }
    }

    /// <summary>Carries out a form once.</summary>
    public async Task<ActionResult> OnceAsync(SentForm form, Func<Task<ActionResult>> work)
    {
        if (form.Key is not { } key)
        {
            return await work();
        }

        Forget();
        var sent = _sent.GetOrAdd(form.Id, _ => new Sent(key.Fingerprint, clock.GetUtcNow(), new Lazy<Task<ActionResult>>(work)));
        if (!sent.Fingerprint.Span.SequenceEqual(key.Fingerprint.Span))
        {
            throw new ProblemException(OtherValues);
        }

        try
        {
            return await sent.Result.Value;
        }
        catch
        {
            _sent.TryRemove(new(form.Id, sent));
            throw;
        }
    }

    /// <summary>The arguments, validated as those of the API.</summary>
    /// <exception cref="ProblemException">400: they are invalid.</exception>
    public T Checked<T>(T arguments)
        where T : RequestArguments
    {
        ArgumentValidation.Check(arguments, services.GetRequiredService<IValidator<T>>(), new());
        return arguments;
    }

    private static Dictionary<string, string> FaultsOf(Problem problem) =>
        problem.Errors?.ToDictionary(error => error.Key, error => error.Value[0]) ?? new() { [""] = problem.Detail };

    private void Forget()
    {
        var (old, tooMany) = (clock.GetUtcNow() - Kept, _sent.Count - MaxKept);
        foreach (var entry in _sent.ToArray().OrderBy(entry => entry.Value.At).TakeWhile((entry, index) => entry.Value.At < old || index <= tooMany))
        {
            _sent.TryRemove(entry);
        }
    }

    private sealed record Sent(ReadOnlyMemory<byte> Fingerprint, DateTimeOffset At, Lazy<Task<ActionResult>> Result);
}
