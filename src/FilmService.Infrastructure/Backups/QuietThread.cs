using System.Runtime.InteropServices;

namespace FilmService.Infrastructure.Backups;

/// <summary>Runs long work on a thread of its own that leaves the processor to others: a backup is never urgent.</summary>
internal static partial class QuietThread
{
    private const int Least = 19;

    public static Task<T> RunAsync<T>(Func<T> work, string name)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Run(work, done)) { Name = name, IsBackground = true }.Start();
        return done.Task;
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = Yield(Least);
            }

            done.SetResult(work());
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    // nice(2), which on Linux concerns the calling thread alone.
    [LibraryImport("libc", EntryPoint = "nice")]
    private static partial int Yield(int more);
}
