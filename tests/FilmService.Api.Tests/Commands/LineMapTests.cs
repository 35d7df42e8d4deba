using FilmService.Api.Commands;

namespace FilmService.Api.Tests.Commands;

public sealed class LineMapTests
{
    [TestCase("1 2 3 4")]
    [TestCase("2 3 4 5", Description = "behind a header")]
    [TestCase("2 6 10 14 18", Description = "objects of four lines")]
    [TestCase("1 2 5 6 7 8 20")]
    [TestCase("1 1 1 1")]
    [TestCase("3")]
    [TestCase("1 2 2 2 3 7 9 11 11 12")]
    public void LineOf_WhatWasAdded_IsItsLine(string lines)
    {
        var map = new LineMap();
        var numbers = lines.Split(' ').Select(long.Parse).ToList();

        numbers.ForEach(map.Add);

        Assert.That(numbers.Select((_, index) => map.LineOf(index + 1)), Is.EqualTo(numbers));
        Assert.That(map.HasSharedLines, Is.EqualTo(numbers.Distinct().Count() < numbers.Count));
    }

    [Test]
    public void LineOf_RandomDistances_IsItsLine()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var (map, line, lines) = (new LineMap(), 0L, new List<long>());
            for (var film = 0; film < 100; film++)
            {
                lines.Add(line += random.Next(4));
                map.Add(line);
            }

            Assert.That(lines.Select((_, index) => map.LineOf(index + 1)), Is.EqualTo(lines));
        }
    }
}
