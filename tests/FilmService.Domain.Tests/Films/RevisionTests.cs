using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Films;

public sealed class RevisionTests
{
    [TestCase("k3f9", 0L, "k3f9-0")]
    [TestCase("k3f9", 1042L, "k3f9-1042")]
    [TestCase("0", long.MaxValue, "0-9223372036854775807")]
    public void Parse_WhatToStringWrote_IsTheSameRevision(string epoch, long number, string text)
    {
        Assert.That(new Revision(epoch, number).ToString(), Is.EqualTo(text));
        Assert.That(Revision.Parse(text), Is.EqualTo(new Revision(epoch, number)));
    }

    [TestCase("")]
    [TestCase("-")]
    [TestCase("-1")]
    [TestCase("k3f9")]
    [TestCase("k3f9-")]
    [TestCase("1042")]
    [TestCase("K3F9-1042")]
    [TestCase("k3é9-1042")]
    [TestCase("k3f9-01042")]
    [TestCase("k3f9--1")]
    [TestCase("k3f9-+1")]
    [TestCase("k3f9- 1")]
    [TestCase("k3f9-1 ")]
    [TestCase("k3f9-1-2")]
    [TestCase("k3f9-1,000")]
    [TestCase("k3f9-9223372036854775808")]
    [TestCase("k3f9-\u0661")]
    public void Parse_AnythingElse_ReturnsNull(string text) => Assert.That(Revision.Parse(text), Is.Null);
}
