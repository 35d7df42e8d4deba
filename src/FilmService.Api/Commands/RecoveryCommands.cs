using System.CommandLine;
using FilmService.Api.Hosting;
using FilmService.Infrastructure;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Commands;

/// <summary>
/// <c>FilmService.Api renew-epoch</c>: for the operator of the machine on which the database is, while the service is stopped.
/// </summary>
internal static class RecoveryCommands
{
    public static Command RenewEpoch()
    {
        var command = new Command("renew-epoch", "Gives the database a new epoch, after it was copied or its machine was restored; stop the service first");
        command.SetAction(arguments => Run(() => RenewEpoch(arguments.InvocationConfiguration.Output)));
        return command;
    }

    private static void RenewEpoch(TextWriter output)
    {
        var (before, after) = DatabaseRecovery.RenewEpoch(ServiceDatabase.Options());
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
    }
}
