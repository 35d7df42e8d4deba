using System.CommandLine;
using FilmService.Api.Hosting;
using FilmService.Infrastructure;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Commands;

/// <summary>
/// <c>FilmService.Api restore FILE</c> and <c>renew-epoch</c>: for the operator of the machine on which the database is, while the service is stopped.
/// </summary>
internal static class RecoveryCommands
{
    public static Command RenewEpoch()
    {
        var command = new Command("renew-epoch", "Gives the database a new epoch, after it was copied or its machine was restored; stop the service first");
        command.SetAction(arguments => Run(() => RenewEpoch(arguments.InvocationConfiguration.Output)));
        return command;
    }

    public static Command Restore()
    {
        var backup = new Argument<string>("file") { Description = "The backup" };
        var command = new Command("restore", "Replaces the database by a backup; stop the service first") { backup };
        command.SetAction(arguments => Run(() => Restore(arguments.GetValue(backup)!, arguments.InvocationConfiguration.Output)));
        return command;
    }

    private static void Restore(string backup, TextWriter output)
    {
        var restored = DatabaseFile.Restore(ServiceDatabase.Options(), backup);
        output.WriteLine($"Restored {restored.Films} films. The epoch is renewed: revision {restored.Before} is now {restored.After}.");
        if (restored.Replaced is { } replaced)
        {
            output.WriteLine($"The replaced database is {replaced}.");
        }

        output.WriteLine(restored.Failure is null
            ? "Users, API keys, OAuth clients and webhooks are those of the replaced database."
            : $"The replaced database cannot be read ({restored.Failure}): all API keys, sessions and access tokens are revoked; users, OAuth clients and webhooks are those of the backup.");
    }

    private static void RenewEpoch(TextWriter output)
    {
        var (before, after) = DatabaseFile.RenewEpoch(ServiceDatabase.Options());
        output.WriteLine($"The epoch is renewed: revision {before} is now {after}.");
    }

    private static int Run(Action command)
    {
        PrivateFiles.RefuseOthers();
        try
        {
            command();
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is InvalidConfigurationException or OptionsValidationException)
        {
            throw new CommandException(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"It was not done. {exception.Message}");
        }
    }
}
