namespace FilmService.Api.Tests.Consistency;

/// <summary>Handmade histories: revision 1 sets a, 2 sets b, 3 changes a, 4 removes b.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly Change[] Changes = [new(1, "a", "one"), new(2, "b", "two"), new(3, "a", "three"), new(4, "b", null)];

    [Test]
    public void Check_EveryKindOfAnswerInOrder_FindsNothing() => AssertConsistent(
        Write(begin: 0, end: 10, revision: 1),
        Read(begin: 11, end: 12, revision: 1, "a", "one"),
        Write(begin: 11, end: 20, revision: 2),
        Read(begin: 21, end: 22, revision: 2, "a", "one"),
        List(begin: 21, end: 25, revision: 2, "a=one b=two"),
        Write(begin: 23, end: 30, revision: 3),
        Feed(begin: 31, end: 32, revision: 3, after: 1, "2 b two;3 a three"),
        Write(begin: 31, end: 40, revision: 4),
        Read(begin: 41, end: 42, revision: 4, "b", "gone"));

    [Test]
    public void Check_ReadThatBeganAfterANewerAnswer_FindsAStepBack() => AssertFault(
        "order: read a after list",
        List(begin: 0, end: 10, revision: 3, "a=three b=two"),
        Read(begin: 11, end: 12, revision: 2, "a", "one"));

    [Test]
    public void Check_ReadsThatOverlap_MayShowEitherRevision() => AssertConsistent(
        List(begin: 0, end: 10, revision: 3, "a=three b=two"),
        Read(begin: 10, end: 12, revision: 2, "a", "one"));

    [Test]
    public void Check_ReadAfterAWriteWasAnswered_FindsAStepBack() => AssertFault(
        "order: read a after write",
        Write(begin: 0, end: 10, revision: 3),
        Read(begin: 11, end: 12, revision: 2, "a", "one"));

    [Test]
    public void Check_StepBackBehindOthersThatShowOldRevisions_IsFound() => AssertFault(
        "order: read a after feed",
        Feed(begin: 0, end: 5, revision: 3, after: 2, "3 a three"),
        Read(begin: 4, end: 6, revision: 1, "a", "one"),
        Read(begin: 7, end: 9, revision: 2, "a", "one"));

    [Test]
    public void Check_WriteWhoseRevisionWasSeenBeforeItBegan_FindsAStepBack() => AssertFault(
        "order: write after list",
        List(begin: 0, end: 10, revision: 3, "a=three b=two"),
        Write(begin: 11, end: 20, revision: 3));

    [Test]
    public void Check_AnEventOfAStream_MayBeOldButIsSeen() => AssertFault(
        "order: read a after event",
        Read(begin: 0, end: 1, revision: 3, "a", "three"),
        Event(end: 2, revision: 2),
        Event(end: 3, revision: 4),
        Read(begin: 4, end: 5, revision: 3, "a", "three"));

    [Test]
    public void Check_WrongValue_IsFound() => AssertFault("value: read a", Read(begin: 0, end: 1, revision: 3, "a", "one"));

    [Test]
    public void Check_ListOfTwoMoments_IsFound() => AssertFault("value: list", List(begin: 0, end: 1, revision: 3, "a=one b=two"));

    [Test]
    public void Check_FeedThatLacksAChange_IsFound() => AssertFault("value: feed", Feed(begin: 0, end: 1, revision: 3, after: 0, "1 a one;3 a three"));

    [Test]
    public void Check_WriteToldAnothersRevision_IsFound() => AssertFault(
        "value: write", Write(begin: 0, end: 1, revision: 2) with { Seen = "3 a three" });

    [TestCase(0)]
    [TestCase(5)]
    public void Check_RevisionBeyondTheChanges_IsFound(long beyond) => AssertFault(
        beyond == 0 ? "value: list" : "no such revision", List(begin: 0, end: 1, beyond, "a=three"));

    [Test]
    public void Check_GapInTheChanges_IsFound() => Assert.That(
        HistoryChecker.Check([Changes[0], Changes[2]], []).Select(fault => fault.Kind), Is.EqualTo(new[] { "gap" }));

    private static Answer Write(long begin, long end, long revision) =>
        new("write", begin, end, revision, Changes[revision - 1].ToString(), replay => replay.Last.ToString()) { IsChange = true };

    private static Answer Read(long begin, long end, long revision, string key, string value) =>
        new($"read {key}", begin, end, revision, value, replay => replay.Find(key)?.Value ?? "gone");

    private static Answer List(long begin, long end, long revision, string seen) =>
        new("list", begin, end, revision, seen, replay => string.Join(' ', replay.All.OrderBy(item => item.Key).Select(item => $"{item.Key}={item.Value}")));

    private static Answer Feed(long begin, long end, long revision, long after, string seen) =>
        new("feed", begin, end, revision, seen, replay => string.Join(';', replay.Since(after)));

    private static Answer Event(long end, long revision) =>
        new("event", Answer.Unasked, end, revision, Changes[revision - 1].ToString(), replay => replay.Last.ToString());

    private static void AssertConsistent(params Answer[] answers) => Assert.That(HistoryChecker.Check(Changes, answers), Is.Empty);

    private static void AssertFault(string kind, params Answer[] answers) =>
        Assert.That(HistoryChecker.Check(Changes, answers).Select(fault => fault.Kind), Is.EqualTo(new[] { kind }));
}
