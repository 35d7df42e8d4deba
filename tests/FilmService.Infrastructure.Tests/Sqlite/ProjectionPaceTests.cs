using FilmService.Infrastructure.Sqlite.Projection;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class ProjectionPaceTests
{
    [TestCase(10)]
    [TestCase(100)]
    public void Changes_AfterMeasurements_TakeAboutTheLongestTime(int microsecondsEach)
    {
        var pace = new ProjectionPace();
        for (var i = 0; i < 50; i++)
        {
            pace.Record(pace.Changes, TimeSpan.FromMicroseconds(pace.Changes * microsecondsEach));
        }

        Assert.That(pace.Changes * microsecondsEach, Is.EqualTo(ProjectionPace.Longest.TotalMicroseconds).Within(1).Percent);
    }

    [Test]
    public void Changes_OneSlowMeasurement_ChangesThePaceByAPart()
    {
        var pace = new ProjectionPace();
        var before = pace.Changes;

        pace.Record(1000, TimeSpan.FromMilliseconds(60));

        Assert.That(pace.Changes, Is.InRange(before / 2, before - 1));
    }

    [Test]
    public void Changes_WhateverIsMeasured_StaysWithinBounds()
    {
        var (slow, fast) = (new ProjectionPace(), new ProjectionPace());
        for (var i = 0; i < 100; i++)
        {
            slow.Record(1000, TimeSpan.FromMinutes(1));
            fast.Record(1000, TimeSpan.Zero);
        }

        Assert.That((slow.Changes, fast.Changes), Is.EqualTo((128, FilmProjection.Batch)));
    }

    [Test]
    public void Record_FewChanges_SayNothing()
    {
        var pace = new ProjectionPace();
        var before = pace.Changes;

        pace.Record(1, TimeSpan.FromSeconds(1));

        Assert.That(pace.Changes, Is.EqualTo(before));
    }
}
