using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace FilmService.Pieces;

/// <summary><c>dotnet run -c Release --project bench/pieces</c>: what the inner pieces of a request cost.</summary>
public static class Program
{
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
        .Run(args.Length > 0 ? args : ["--filter", "*", "--join"], DefaultConfig.Instance.WithArtifactsPath("artifacts/bench/pieces"));
}
