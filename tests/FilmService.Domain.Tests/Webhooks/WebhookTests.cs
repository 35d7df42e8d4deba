using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Webhooks;

namespace FilmService.Domain.Tests.Webhooks;

public sealed class WebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly Webhook At10 = new()
    {
        Id = "a",
        Url = "https://films.example/",
        ProtectedSecrets = [],
        CreatedBy = "admin",
        CreatedAt = Now,
        Position = new Revision("k3f9", 10),
    };

    [TestCase(10, null)]
    [TestCase(11, 11)]
    [TestCase(110, 110)]
    [TestCase(111, 110)]
    [TestCase(1_000_000, 110)]
    public void WithNext_IsAPageOfAtMost100Changes(long head, long? through)
    {
        var next = At10.WithNext(Feed(head), () => "msg_1");

        Assert.That(next.Pending?.Through.Number, Is.EqualTo(through));
        Assert.That(next.Position, Is.EqualTo(At10.Position));
    }

    [Test]
    public void WithNext_WhileADeliveryIsPending_KeepsItWhateverHasBeenWrittenSince()
    {
        var pending = At10.WithNext(Feed(12), () => "msg_1").Failed("e", Now, 0);

        Assert.That(pending.WithNext(Feed(500), () => "msg_2"), Is.SameAs(pending));
    }

    [Test]
    public void WithNext_InAnotherEpoch_IsAResetInsteadOfAnythingPending()
    {
        var pending = At10.WithNext(Feed(12), () => "msg_1").Failed("e", Now, 0);

        var reset = pending.WithNext(Feed(7, epoch: "zzzz"), () => "msg_2");

        Assert.That(reset.Pending, Is.EqualTo(new WebhookDelivery("msg_2", new Revision("zzzz", 7), "epoch-renewed")));
        Assert.That((reset.Failures, reset.NextAttemptAt), Is.EqualTo((0, (DateTimeOffset?)null)));
        Assert.That(reset.WithNext(Feed(9, epoch: "zzzz"), () => "msg_3"), Is.SameAs(reset), "It is one delivery, whatever is written meanwhile.");
        Assert.That(reset.WithNext(Feed(9, epoch: "yyyy"), () => "msg_3").Pending!.Through, Is.EqualTo(new Revision("yyyy", 9)));
        Assert.That(reset.Delivered().WithNext(Feed(9, epoch: "zzzz"), () => "msg_3").Pending!.Through, Is.EqualTo(new Revision("zzzz", 9)));
    }

    [TestCase(10, null)]
    [TestCase(11, "changes-removed")]
    public void WithNext_WhenChangesWereRemoved_IsAResetIfItMissedSome(long removedThrough, string? reason) =>
        Assert.That(At10.WithNext(Feed(20, removedThrough), () => "msg_1").Pending!.Reset, Is.EqualTo(reason));

    [Test]
    public void Delivered_MovesThePositionAndForgetsFailures()
    {
        var delivered = At10.WithNext(Feed(12), () => "msg_1").Failed("e", Now, 0).Delivered();

        Assert.That(delivered, Is.EqualTo(At10 with { Position = new Revision("k3f9", 12) }));
    }

    [Test]
    public void Failed_WaitsLongerEachTimeAndThenAnHour()
    {
        var (webhook, waits) = (At10.WithNext(Feed(12), () => "msg_1"), new List<double>());
        for (var i = 0; i < 8; i++)
        {
            webhook = webhook.Failed("e", Now, 0);
            waits.Add((webhook.NextAttemptAt!.Value - Now).TotalSeconds);
        }

        Assert.That(waits, Is.EqualTo(new[] { 5, 30, 120, 600, 1800, 3600, 3600, 3600 }));
        Assert.That((At10.Failed("e", Now, 1).NextAttemptAt!.Value - Now).TotalSeconds, Is.EqualTo(5.5));
    }

    [Test]
    public void Failed_For5Days_DisablesAndKeepsWhatIsPending()
    {
        var failing = At10.WithNext(Feed(12), () => "msg_1").Failed("e", Now, 0);

        Assert.That(failing.Failed("e", Now.AddDays(5).AddSeconds(-1), 0).Enabled, Is.True);
        var disabled = failing.Failed("The response was 500.", Now.AddDays(5), 0);
        Assert.That((disabled.Enabled, disabled.DisabledReason), Is.EqualTo((false, "No attempt has succeeded since 2026-11-28 12:00 UTC. The last one failed: The response was 500.")));
        var enabled = disabled.WithEnabled(true);
        Assert.That((enabled.Enabled, enabled.DisabledReason, enabled.Failures, enabled.Pending), Is.EqualTo((true, (string?)null, 0, failing.Pending)));
    }

    [Test]
    public void Replayed_ForgetsWhatWasPending() =>
        Assert.That(At10.WithNext(Feed(12), () => "msg_1").Replayed(new Revision("k3f9", 3)), Is.EqualTo(At10 with { Position = new Revision("k3f9", 3) }));

    private static FeedBounds Feed(long head, long removedThrough = 0, string epoch = "k3f9") => new(removedThrough, new Revision(epoch, head));
}
