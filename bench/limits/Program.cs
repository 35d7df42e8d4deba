using FilmService.Limits;

// MODE CATALOGUE [--urls ...]
var app = args[0] switch
{
    "constant" => ConstantServer.Create(args[2..]),
    "mvc" => MvcServer.Create(args[2..], FilmsInMemory.Read(args[1])),
    _ => throw new ArgumentException($"'{args[0]}' is not a mode: constant, mvc"),
};
await app.RunAsync();
