using System.Diagnostics;

namespace FilmService.Api.Tests.Consistency;

/// <summary>
/// Checks that recorded responses are consistent with one order of all changes. In general that is a search (linearizability is
/// NP-complete); here each response shows its revision, which is its place in the order, so sorting is enough.
/// </summary>
public static class HistoryChecker
{
    /// <summary>The faults of a history, one sentence each; empty if it is consistent.</summary>
    public static List<Fault> Check(IReadOnlyList<Change> changes, IReadOnlyList<Answer> answers) =>
        [.. Gaps(changes), .. WrongValues(changes, answers), .. StepsBack(answers)];

    private static IEnumerable<Fault> Gaps(IReadOnlyList<Change> changes) => changes
        .Where((change, index) => change.Revision != index + 1)
        .Take(1)
        .Select(change => new Fault("gap", $"Revision {change.Revision} does not follow the one before it."));

    /// <summary>Each response must match the state after the changes up to its revision.</summary>
    private static IEnumerable<Fault> WrongValues(IReadOnlyList<Change> changes, IReadOnlyList<Answer> answers)
    {
        var replay = new Replay(changes);
        foreach (var answer in answers.OrderBy(answer => answer.Revision))
        {
            replay.AdvanceTo(answer.Revision);
            if (replay.Revision != answer.Revision)
            {
                yield return new Fault("no such revision", $"{answer.Request} shows revision {answer.Revision}; the last is {replay.Revision}.");
            }
            else if (answer.Expected(replay) is var expected && expected != answer.Seen)
            {
                yield return new Fault($"value: {answer.Request}", $"{answer.Request} says at revision {answer.Revision} {answer.Seen}, but then it was {expected}.");
            }
        }
    }

    /// <summary>
    /// A request that starts after a response has ended must show that response's revision or a later one; a write, a later one.
    /// </summary>
    private static IEnumerable<Fault> StepsBack(IReadOnlyList<Answer> answers)
    {
        var ended = new Queue<Answer>(answers.OrderBy(answer => answer.End));
        Answer? highest = null;
        foreach (var answer in answers.Where(answer => answer.Begin != Answer.Unasked).OrderBy(answer => answer.Begin))
        {
            for (; ended.TryPeek(out var earlier) && earlier.End < answer.Begin; ended.Dequeue())
            {
                highest = highest?.Revision >= earlier.Revision ? highest : earlier;
            }

            if (highest is not null && (answer.IsChange ? answer.Revision <= highest.Revision : answer.Revision < highest.Revision))
            {
                yield return StepBack(answer, highest);
            }
        }
    }

    private static Fault StepBack(Answer answer, Answer seen)
    {
        var after = Stopwatch.GetElapsedTime(seen.End, answer.Begin);
        return new Fault(
            $"order: {answer.Request} after {seen.Request}",
            $"{answer.Request} shows revision {answer.Revision}, but began {after.TotalMilliseconds:F2} ms after {seen.Request} had shown {seen.Revision}.")
        {
            After = after,
        };
    }
}

/// <summary>An inconsistency in a history.</summary>
/// <param name="Kind">The same for faults with the same cause.</param>
/// <param name="Text">The fault as a sentence.</param>
public sealed record Fault(string Kind, string Text)
{
    /// <summary>How long after the first response the second one shows an older revision.</summary>
    public TimeSpan After { get; init; }

    public override string ToString() => Text;
}
