using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Ui;

/// <param name="Enabled">False if there are no pages for people at <c>/ui</c>.</param>
public sealed record UiSettings(bool Enabled)
{
    /// <summary>Where the pages begin.</summary>
    public const string Root = "/ui";

    internal static UiSettings Read(SettingsReader reader) => new(reader.Flag("Ui:Enabled", true));
}
